import { unmarshall } from "@aws-sdk/util-dynamodb";
import { causesOf } from "../error.ts";

/**
 * Waits for a conditional write: true where it was made, false where its condition did not hold. Any other
 * failure is thrown on.
 */
export async function conditionHolds(write: Promise<unknown>): Promise<boolean> {
  return (await outcomeOf(write)).made;
}

/** Asks DynamoDB to tell, where a condition does not hold, what stood there: it saves the read to find out. */
export const tellWhatStoodThere = { params: { ReturnValuesOnConditionCheckFailure: "ALL_OLD" } } as const;

/** What became of a conditional write: its result, or the item that stood in its way, if there was one. */
export type Outcome<Result, Item> =
  | { readonly made: true; readonly result: Result }
  | { readonly made: false; readonly found: Item | undefined };

export async function outcomeOf<Result, Item = unknown>(
  write: Promise<Result>,
): Promise<Outcome<Result, Item>> {
  try {
    return { made: true, result: await write };
  } catch (error) {
    const failure = findConditionFailure(error);
    if (!failure) throw error;
    return { made: false, found: failure.Item && (unmarshall(failure.Item) as Item) };
  }
}

type ConditionFailure = Error & { readonly Item?: Parameters<typeof unmarshall>[0] };

/** ElectroDB wraps what the SDK throws, so the failure stands somewhere down the causes. */
function findConditionFailure(error: unknown): ConditionFailure | undefined {
  for (const link of causesOf(error)) if (link.name === "ConditionalCheckFailedException") return link;
  return undefined;
}
