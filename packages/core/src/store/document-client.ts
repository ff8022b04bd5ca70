import type { DocumentClientMethod, V2DocumentClient } from "electrodb";
import type { DynamoDb, Operation } from "./dynamodb.ts";

type Input = Parameters<DocumentClientMethod>[0];

/** What ElectroDB reads a canceled transaction's reasons from (SDK for JavaScript 2, `AWS.Request`, "extractError"). */
interface Extracted {
  readonly httpResponse: { readonly body: string };
}

/**
 * A client in the form of the SDK's version 2, of which ElectroDB asks for methods. For the form of version 3 it makes
 * a command of `@aws-sdk/lib-dynamodb` for each call; here none of that package runs, so no bundle needs it.
 */
export function documentClient(
  client: DynamoDb,
): V2DocumentClient & { createSet: (values: unknown[]) => Set<unknown> } {
  const method = (operation: Operation) => (input: Input) => ({
    promise: () => client.call(operation, input),
  });
  const transaction = (operation: Operation) => (input: Input) => {
    let tell: ((extracted: Extracted) => void) | undefined;
    return {
      on(_event: "extractError", listener: (extracted: Extracted) => void) {
        tell = listener;
      },
      promise: () =>
        client.call(operation, input).catch((error: { CancellationReasons?: unknown }) => {
          const { CancellationReasons } = error;
          tell?.({ httpResponse: { body: JSON.stringify({ CancellationReasons }) } });
          throw error;
        }),
    };
  };
  return {
    get: method("GetItem"),
    put: method("PutItem"),
    update: method("UpdateItem"),
    delete: method("DeleteItem"),
    batchWrite: method("BatchWriteItem"),
    batchGet: method("BatchGetItem"),
    scan: method("Scan"),
    query: method("Query"),
    transactWrite: transaction("TransactWriteItems"),
    transactGet: transaction("TransactGetItems"),
    createSet: (values) => new Set(values),
  };
}
