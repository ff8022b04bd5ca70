/**
 * The form in which a password is compared, and never kept: lower case, no accents on Latin, Greek or Cyrillic
 * letters, full-width and other compatibility forms as the plain ones. Other scripts keep all their marks, which
 * are letters of their own there.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
}

const standIns = "il!|oea@s$t+bg";
const stoodFor = "11110344557789";

/**
 * A folded text with all characters that stand in for one another as the same one, so that "p@ssw0rd" and
 * "password" are equal. As long as the text: what is found at an index of it is at that index of the text.
 */
export function skeleton(folded: string): string {
  return folded.replace(/[il!|oea@s$t+bg]/g, (character) => stoodFor.charAt(standIns.indexOf(character)));
}
