/**
 * What docs/security.md promises of one account, said once more here: a benchmark that asked the code what is
 * promised could not show that the code breaks it.
 */
const freeFailures = 5;
const firstPauseSeconds = 1;
const longestPauseSeconds = 900;

/** How long nobody new may guess at an account that has failed this often. */
export function pauseSeconds(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (failures - freeFailures));
}

/** How many guesses at one account are evaluated within this time at the most, where one follows the other. */
export function mostEvaluated(seconds: number): number {
  let reached = 0;
  for (let count = 1; ; count += 1) {
    reached += pauseSeconds(count);
    if (reached > seconds) return count;
  }
}
