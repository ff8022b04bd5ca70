import type { IncomingHttpHeaders } from "node:http";

/**
 * A request as it comes in, its body yet to be read: as much of it as a gateway looks at. What `node:http` hands over is
 * one, and so is what `createFetch` makes of a call.
 */
export interface Incoming extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  /** The target of the request line: what follows the host, as sent. */
  readonly url?: string | undefined;
  /** `1.1` */
  readonly httpVersion: string;
  /** Names and values in turn, in the order and case they were sent in. */
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Pick<IncomingHttpHeaders, "origin" | "access-control-request-method">>;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly localPort?: number | undefined };
}
