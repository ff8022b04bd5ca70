import { randomUUID } from "node:crypto";
import { openService } from "../../aws/service.ts";
import { config } from "../../config.ts";
import type { DynamoDb, Operation } from "../dynamodb.ts";
import { watched } from "../tries.ts";
import { plain, typed, withBytes } from "./attributes.ts";

/** DynamoDB's client, of no more than this service asks of it. */
export function slimClient(): DynamoDb {
  const ask = openService({
    name: "dynamodb",
    target: "DynamoDB_20120810",
    jsonVersion: "1.0",
    // Three tries of at most 2 s each and their pauses end well inside a function's 10 s.
    attempts: 3,
    pauseMilliseconds: 25,
    endpoint: config().dynamodbEndpoint,
  });

  return {
    async call(operation, given) {
      const input = withToken(operation, typed(operation, given));
      return ask(operation, input, (send) =>
        watched({ operation, input }, async () => plain(operation, await send().catch(withBytes)) as never),
      );
    },
  };
}

/** A transaction without a token gets one, so that a try whose answer was lost is not written twice. */
function withToken(operation: Operation, input: ReturnType<typeof typed>): ReturnType<typeof typed> {
  if (operation !== "TransactWriteItems") return input;
  return { ...input, ClientRequestToken: input["ClientRequestToken"] ?? randomUUID() };
}
