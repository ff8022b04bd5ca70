/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Without chunked framing taken off: it is looked into, never parsed. */
  readonly body: string;
}

/**
 * What arrived of one answer, once it is there in full: by its `Content-Length`, or in chunks (RFC 9112 sections 6.2 and
 * 7.1). Nothing may follow it, since its connection asks for one thing at a time.
 */
export function readAnswer(arrived: string): Answer | undefined {
  const headEnd = arrived.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = arrived.slice(0, headEnd);
  const body = arrived.slice(headEnd + 4);
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const isWhole = length === undefined ? /(?:^|\r\n)0\r\n\r\n$/.test(body) : body.length >= Number(length);
  return isWhole
    ? { status: Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length)), body }
    : undefined;
}
