import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { requestHandler } from "../aws/request-handler.ts";
import { config } from "../config.ts";
import type { DynamoDb, Operation } from "./dynamodb.ts";
import { transactionConflict } from "./outage.ts";
import { watched } from "./tries.ts";

const commands = {
  BatchGetItem: BatchGetCommand,
  BatchWriteItem: BatchWriteCommand,
  DeleteItem: DeleteCommand,
  GetItem: GetCommand,
  PutItem: PutCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  TransactGetItems: TransactGetCommand,
  TransactWriteItems: TransactWriteCommand,
  UpdateItem: UpdateCommand,
} satisfies Record<Operation, unknown>;

/** The SDK's client. It finds credentials and an endpoint wherever an AWS client looks for them. */
export function sdkClient(): DynamoDb {
  const { dynamodbEndpoint } = config();
  const dynamodb = new DynamoDBClient({
    ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
    // Three tries of at most 2 s each and their pauses end well inside a function's 10 s.
    maxAttempts: 3,
    requestHandler: requestHandler(),
  });

  dynamodb.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) =>
        watched({ operation: commandName.replace(/Command$/, ""), input: { ...args.input } }, () =>
          next(args),
        ),
    // Inside of the SDK's retries, and it sees answers as they are read.
    { name: "watched", step: "deserialize", priority: "high" },
  );

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

  const client = DynamoDBDocumentClient.from(dynamodb);
  return {
    call(operation, input) {
      const Command = commands[operation] as unknown as new (input: object) => GetCommand;
      return client.send(new Command(input)) as Promise<never>;
    },
  };
}
