import type { DynamoDb, Operation, Operations } from "../src/store/dynamodb.ts";
import { sdkClient } from "../src/store/sdk-client.ts";
import { slimClient } from "../src/store/slim/slim-client.ts";

export const clients = { sdk: sdkClient, slim: slimClient } as const;

export type ClientName = keyof typeof clients;

/** A fresh client that has not failed yet. It reads the settings as they are now. */
export function freshClient(name: ClientName): DynamoDb {
  return clients[name]();
}

/** What a caller sees of a call: what it answered or what it threw, without what differs from one to the next. */
export type Outcome = { readonly answered: unknown } | { readonly thrown: unknown };

export async function outcomeOf<Name extends Operation>(
  client: DynamoDb,
  operation: Name,
  input: Operations[Name]["input"],
): Promise<Outcome> {
  try {
    const { $metadata, ...answered } = await client.call(operation, input);
    return { answered: { ...answered, $metadata: seenOf($metadata) } };
  } catch (error) {
    return { thrown: describe(error as Error) };
  }
}

interface Seen {
  readonly httpStatusCode?: number;
  readonly attempts?: number;
  readonly clockSkewCorrected?: boolean;
}

function seenOf({ httpStatusCode, attempts, clockSkewCorrected }: Seen = {}): Seen {
  return {
    ...(httpStatusCode && { httpStatusCode }),
    ...(attempts && { attempts }),
    ...(clockSkewCorrected && { clockSkewCorrected }),
  };
}

/** What Node says of a network, and each client of text that is no JSON, is their own; so is how a retry is asked for. */
function describe(
  error: Error & {
    $metadata?: Seen;
    $fault?: string;
    $retryable?: object;
    comeBackAt?: number;
    code?: string;
  },
): object {
  const { name, message, stack: _, $metadata, $retryable: __, comeBackAt: ___, ...rest } = error;
  const isTheirOwn = name === "SyntaxError" || (error.code !== undefined && error.$fault === undefined);
  return { ...(isTheirOwn ? {} : { ...rest, message }), name, $metadata: seenOf($metadata) };
}
