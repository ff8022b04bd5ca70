import type { Incoming, Meta } from "./event.ts";

const longestUserAgent = 256;

/** Reads where a request came from out of the gateway's own part of the event. */
export function metaOf({ requestContext }: Incoming): Meta {
  const { sourceIp, userAgent } = requestContext.http;
  return {
    requestId: requestContext.requestId,
    sourceIp,
    // The cut may halve a character, and the table stores no half.
    ...(userAgent ? { userAgent: userAgent.slice(0, longestUserAgent).toWellFormed() } : {}),
  };
}
