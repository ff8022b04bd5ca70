import { Agent, request as requestSecurely } from "node:https";
import type { Readable } from "node:stream";

/** A signed request on its way out. */
export interface WireRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer of which only the head has been read. */
export interface WireAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
}

/** What an AWS client has where nothing else is said: a connection is kept, and fifty are open at most. */
const connections = { keepAlive: true, maxSockets: 50 };

/** For one try, until its answer begins; the signal is for all that one request comes to. */
const [connectMilliseconds, answerMilliseconds] = [1000, 2000];

/** What breaks connections, and what the SDK calls a time-out for it. */
const broken = new Set<string | undefined>(["ECONNRESET", "EPIPE", "ETIMEDOUT"]);

const secure = { request: requestSecurely, agent: new Agent(connections) };

let plain: typeof secure | undefined;

/** Of the one on a laptop. Importing `node:http` would load all of fetch with it, which no deployed function needs. */
function openPlain(): typeof secure {
  const http = process.getBuiltinModule("node:http");
  return { request: http.request, agent: new http.Agent(connections) as Agent };
}

/** The one way out of the slim client: a test puts another `send` in its place. */
export const wire = {
  /** Rejects with a `TimeoutError`, an `AbortError` or what Node says of the connection. */
  send({ url, headers, body }: WireRequest, signal: AbortSignal | undefined): Promise<WireAnswer> {
    if (url.protocol === "http:") plain ??= openPlain();
    const { request, agent } = (url.protocol === "http:" && plain) || secure;
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { method: "POST", headers, agent, ...(signal && { signal }) });
      const giveUp = (what: string) => () =>
        outgoing.destroy(Object.assign(new Error(`AWS did not ${what} in time`), { code: "ETIMEDOUT" }));
      const connecting = setTimeout(giveUp("let us connect"), connectMilliseconds);
      const answering = setTimeout(giveUp("answer"), answerMilliseconds);
      const stopClocks = () => {
        clearTimeout(connecting);
        clearTimeout(answering);
      };
      outgoing.on("socket", (socket) => {
        if (socket.connecting) socket.once("connect", () => clearTimeout(connecting));
        else clearTimeout(connecting);
      });
      outgoing.on("response", (answer) => {
        stopClocks();
        const { statusCode = 0, headers } = answer;
        resolve({ statusCode, headers: headers as WireAnswer["headers"], body: answer });
      });
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        stopClocks();
        reject(broken.has(error.code) ? Object.assign(error, { name: "TimeoutError" }) : error);
      });
      outgoing.end(body);
    });
  },
};

/** All of an answer's text. */
export function textOf({ body }: WireAnswer): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body.on("data", (chunk: Buffer) => chunks.push(chunk));
    body.on("end", () => resolve(Buffer.concat(chunks).toString()));
    body.on("error", reject);
  });
}
