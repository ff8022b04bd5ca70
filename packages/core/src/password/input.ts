/** Bytes of UTF-8. Longer input is refused before any work is done on it. */
const mostBytes = 1024;

/** Whether it is more than anybody types. A string has at most as many code units as bytes, so the first look is free. */
export function isTooLong(password: string): boolean {
  return password.length > mostBytes || Buffer.byteLength(password) > mostBytes;
}

/**
 * Whether something was lost on the way here: half a character, or U+FFFD, which stands for bytes that were no UTF-8.
 * Many different inputs would be one password.
 */
export function isBroken(password: string): boolean {
  return !password.isWellFormed() || password.includes("\uFFFD");
}
