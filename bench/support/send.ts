import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";

export interface Message {
  /** The loopback address that the request comes from: all of 127.0.0.0/8 is this machine (RFC 1122 section 3.2.1.3). */
  readonly from: string;
  /** Goes out as JSON. */
  readonly body?: object;
  /** Goes into `Authorization` as a bearer token. */
  readonly token?: string;
}

export interface Answer {
  readonly status: number;
  /** As they came: names in lower case, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** From the request's first step to the answer's last byte. */
  readonly milliseconds: number;
}

const longestWaitSeconds = 30;

/**
 * Sends `POST /login` or the like to this port of this machine, over a connection of its own: a kept one would have
 * the source of the request before. Rejects where no answer comes.
 */
export async function send(port: number, what: string, message: Message): Promise<Answer> {
  const [method = "GET", path = "/"] = what.split(" ");
  const { from, body, token } = message;
  const startedAt = performance.now();
  const outgoing = request({
    host: "127.0.0.1",
    port,
    method,
    path,
    localAddress: from,
    agent: false,
    signal: AbortSignal.timeout(longestWaitSeconds * 1000),
    headers: {
      ...(body && { "Content-Type": "application/json" }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
  });
  outgoing.end(body && JSON.stringify(body));
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  const chunks: string[] = await incoming.setEncoding("utf8").toArray();
  return {
    status: incoming.statusCode ?? 0,
    headers: pairsOf(incoming.rawHeaders),
    body: chunks.join(""),
    milliseconds: performance.now() - startedAt,
  };
}

function pairsOf(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    String(flat[2 * index]).toLowerCase(),
    String(flat[2 * index + 1]),
  ]);
}
