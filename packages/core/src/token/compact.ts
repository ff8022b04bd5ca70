/** What may stand in the header of a token, as far as anybody looks at it. */
export interface Header {
  readonly alg: unknown;
  readonly typ: unknown;
  readonly kid: unknown;
  readonly crit?: unknown;
  readonly b64?: unknown;
}

/** Characters. A token of ours has about 700; API Gateway allows 10,240 bytes for all headers together. */
const longestToken = 8192;

const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * The header of a compact JWS (RFC 7515 section 7.1), or undefined where the text is anything else. Looked at
 * before jsonwebtoken sees the token, because that throws a plain SyntaxError on some garbage and reads several
 * texts as one token: here each of three segments must be base64url without padding, in its only spelling
 * (RFC 4648 section 3.5), and header and payload must be JSON objects.
 */
export function readHeader(token: string): Header | undefined {
  if (token.length > longestToken || !compactForm.test(token)) return undefined;
  const segments = token.split(".") as [string, string, string];
  if (!segments.every(isCanonical)) return undefined;
  return parseObject(segments[1]) && (parseObject(segments[0]) as unknown as Header | undefined);
}

/** Whether decoding and encoding again gives the same text: no stray bits in the last character. */
function isCanonical(segment: string): boolean {
  return Buffer.from(segment, "base64url").toString("base64url") === segment;
}

function parseObject(segment: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, "base64url").toString("utf8"));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
