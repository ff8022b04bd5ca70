import { Refusal } from "./refusal.ts";

/** API Gateway developer guide, "HTTP API quotas": the payload size is 10 MB. */
const LARGEST_BODY = 10 * 1024 * 1024;

/** What is read and thrown away so that a client still sending hears the 413 rather than a reset. */
const LARGEST_DRAINED = 10 * LARGEST_BODY;

/** The client went away in the middle of its request: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

/** Throws a `Refusal` 413 for a body over 10 MB, `ClientGone` for one that never ends. */
export async function readBody(incoming: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else chunks.length = 0;
      if (size > LARGEST_DRAINED) break;
    }
  } catch (cause) {
    throw new ClientGone("the request was aborted", { cause });
  }
  if (size > LARGEST_BODY) throw new Refusal(413);
  return Buffer.concat(chunks);
}
