/**
 * The text on one line, safe in a subject and unable to forge a line of a mail: control characters, line and
 * paragraph separators and what turns the direction of writing become spaces, halves of characters U+FFFD.
 */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, " ")
    .trim();
}

/**
 * An address as a mail may show it. A local part may hold `/`, `?` and `=` (RFC 5322 section 3.2.3), and mail
 * programs make a link of `www.example.com/win?now@example.com`: an address with anything but the usual
 * characters before the @ is shown by its domain alone.
 */
export function shownAddress(address: string): string {
  const line = oneLine(address);
  const at = line.lastIndexOf("@");
  return /[^\w.+'-]/.test(line.slice(0, Math.max(at, 0))) ? `…${line.slice(at)}` : line;
}
