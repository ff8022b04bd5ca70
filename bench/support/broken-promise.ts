/** Something docs/security.md promises does not hold. The message is one line that says what. */
export class BrokenPromise extends Error {}
