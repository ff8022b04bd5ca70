/**
 * The form under which an email is unique: its ASCII letters in lower case and nothing else changed.
 * Not `toLowerCase()` on any text: that maps U+212A, the Kelvin sign, to k, and two people to one account.
 * The contract admits ASCII only (docs/decisions/0005); this holds without it.
 */
export function normaliseEmail(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether two emails are one account's. */
export function isSameEmail(a: string, b: string): boolean {
  return normaliseEmail(a) === normaliseEmail(b);
}
