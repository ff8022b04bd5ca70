import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A question as it came in. */
export interface RangeRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Stands in for Have I Been Pwned on this machine, and knows no breach until it is told of one. */
export interface RangeServer {
  readonly url: string;
  /** What it was asked since the last call. */
  requests(): readonly RangeRequest[];
  /** It answers as the service does from now on, and knows these passwords. */
  know(...passwords: readonly string[]): void;
  /** It answers like this from now on. */
  answerWith(listener: RequestListener): void;
  stop(): void;
}

/** Of the bytes of the text as it is. */
export function sha1Of(password: string): string {
  return createHash("sha1").update(password).digest("hex").toUpperCase();
}

/** A row of somebody's, so that no range is empty. */
const anyRow = `${"0".repeat(34)}F:3`;
const paddingRow = `${"0".repeat(34)}E:0`;

export async function startRangeServer(): Promise<RangeServer> {
  const asked: RangeRequest[] = [];
  let answer: RequestListener = rangesOf([]);
  const server = createServer((request, response) => {
    asked.push({ method: request.method, path: request.url, headers: request.headers });
    answer(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => asked.splice(0),
    know: (...passwords) => {
      answer = rangesOf(passwords);
    },
    answerWith: (listener) => {
      answer = listener;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function rangesOf(passwords: readonly string[]): RequestListener {
  const digests = passwords.map(sha1Of);
  return ({ url = "" }, response) => {
    const found = digests.filter((digest) => url === `/range/${digest.slice(0, 5)}`);
    response.end([...found.map((digest) => `${digest.slice(5)}:7`), anyRow, paddingRow].join("\r\n"));
  };
}
