/**
 * What docs/security.md promises of one account, said once more here: a benchmark that asked the code what is
 * promised could not show that the code breaks it.
 */
const freeFailures = 5;
const firstPauseSeconds = 1;
const longestPauseSeconds = 900;

/** How long nobody new may guess at an account that has failed this often. */
export function pauseSeconds(failures: number): number {
  if (failures <= freeFailures) return 0;
  return Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** (failures - freeFailures - 1));
}

/**
 * How many guesses at one account are evaluated within this time at the most. Those that are under way together are
 * all judged by the failures before them: `atOnce` of them may begin where one may, and each counts for the next pause.
 *
 * @param atOnce one or more.
 */
export function mostEvaluated(seconds: number, atOnce: number): number {
  const earliest = [0];
  for (let count = 1; ; count += 1) {
    const before = earliest.slice(-atOnce).map((reached, index, last) => {
      const failures = count - last.length + index;
      return reached + pauseSeconds(failures);
    });
    const reached = Math.min(...before);
    if (reached > seconds) return count - 1;
    earliest.push(reached);
  }
}
