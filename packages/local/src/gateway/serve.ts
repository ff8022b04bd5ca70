import type { IncomingMessage, ServerResponse } from "node:http";
import { ClientGone } from "./body.ts";
import { answer, type Pipeline } from "./pipeline.ts";

/** Answers one request of `node:http`. Rejects for nothing a client or a function does. */
export async function serve(
  pipeline: Pipeline,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, headers, body } = await answer(pipeline, message);
    response.statusCode = status;
    for (const [name, value] of headers) response.setHeader(name, value);
    response.end(body);
  } catch (thrown) {
    if (!(thrown instanceof ClientGone)) throw thrown;
  }
}
