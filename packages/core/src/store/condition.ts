/**
 * Waits for a conditional write: true where it was made, false where its condition did not hold. Any other
 * failure is thrown on.
 */
export async function conditionHolds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** ElectroDB wraps what the SDK throws, so the name stands somewhere down the causes. */
function isConditionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "ConditionalCheckFailedException" || isConditionFailure(error.cause);
}
