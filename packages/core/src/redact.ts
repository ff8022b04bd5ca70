/** What lets somebody in, wherever it stands in a text. */
const secrets = [
  // A JWT: its header begins with `{` (RFC 7519 section 3).
  /(?<![\w-])e[wy][\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/,
  // A refresh token, `userId.sessionId.generation.mac`, or the token of a link, `userId.mac`.
  /\b[0-7][0-9a-hjkmnp-tv-z]{25}(?:\.[\w-]+){1,3}/,
  // 256 or 512 bits in base64url: a MAC, a key, a signature.
  /(?<![\w-])[\w-]{43}(?:[\w-]{43})?(?![\w-])/,
  /\$2[abxy]\$\d\d\$[./\w]{53}/,
  /\$argon2[\w$=,+/]+/,
  /\b(?:bearer|basic|dpop)\s+[\w.~+/-]{16,}=*/,
  /\b(?:authorization|(?:set-)?cookie)["']?\s*[:=].*/,
  /__host-[\w-]{1,64}=[^;\s]*/,
];

// Each begins where a word does or is short, so that no text takes long.
const anySecret = new RegExp(secrets.map(({ source }) => source).join("|"), "gi");

/**
 * A text without what looks like a token, a key, a password's hash or the value of a header that lets in. The messages
 * of other people's errors quote what they were given, and end in the log.
 */
export function redact(text: string): string {
  return text.replace(anySecret, "(redacted)");
}
