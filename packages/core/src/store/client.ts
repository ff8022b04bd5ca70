import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { requestHandler } from "../request-handler.ts";

const { tableName, dynamodbEndpoint } = config();

const dynamodb = new DynamoDBClient({
  ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
  // Three tries of at most 2 s each and their pauses end well inside a function's 10 s.
  maxAttempts: 3,
  requestHandler: requestHandler(),
});

/** Whether the table could not be asked, as opposed to having said no: what names no fault never reached it. */
function isOutage(error: unknown): boolean {
  const { $fault, name } = error as Error & { $fault?: "client" | "server" };
  return $fault !== "client" || outages.has(name);
}

/**
 * A write of one item that somebody else's transaction is about. It passes by itself, and the SDK does not know that
 * (DynamoDB guide, "Transaction conflict handling").
 */
const transactionConflict = "TransactionConflictException";

const outages = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  transactionConflict,
  "TransactionInProgressException",
]);

dynamodb.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      const { name } = error as Error;
      throw name === transactionConflict ? Object.assign(error as Error, { $retryable: {} }) : error;
    }
  },
  // Inside of the SDK's retries, to which a refusal says whether it is worth another try.
  { name: "conflict", step: "finalizeRequest", priority: "low" },
);

dynamodb.middlewareStack.add(
  (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw isOutage(error) ? new AuthError("unavailable", { cause: error }) : error;
    }
  },
  // Outermost: it sees a failure only after the SDK has given up on retrying it.
  { name: "outage", step: "initialize", priority: "high" },
);

/** The client under every entity. Throws `unavailable` once the SDK's own retries are used up. */
export const client = DynamoDBDocumentClient.from(dynamodb);

/** What ElectroDB needs to know of the table. */
export const storage = { client, table: tableName };
