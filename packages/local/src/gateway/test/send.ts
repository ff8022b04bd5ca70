import { connect } from "node:net";
import { type GatewayOptions, type GatewayRoute, type RunningGateway, startGateway } from "../index.ts";

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name, every line. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** Lines as they are, after `Host`. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** A route whose handler runs here and may answer anything. */
export function route(
  routeKey: string,
  target: (event: never) => unknown = () => ({ ok: true }),
): GatewayRoute {
  return { routeKey, target: async (event) => target(event as never) };
}

/** Starts a gateway, runs `use`, stops it whatever happens. */
export async function withGateway<T>(
  options: GatewayOptions,
  use: (gateway: RunningGateway) => Promise<T>,
): Promise<T> {
  const gateway = await startGateway(options);
  try {
    return await use(gateway);
  } finally {
    await gateway.stop();
  }
}

/** Sends what fetch would tidy up, over a connection of its own. */
export async function send(gateway: RunningGateway, request: RawRequest): Promise<RawAnswer> {
  const body = Buffer.from(request.body ?? "");
  const lines = [
    `${request.method ?? "GET"} ${request.target ?? "/"} HTTP/1.1`,
    `Host: 127.0.0.1:${gateway.port}`,
    "Connection: close",
    ...(body.length > 0 ? [`Content-Length: ${body.length}`] : []),
    ...(request.headers ?? []),
  ];
  const [answer] = await sendBytes(
    gateway,
    Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), body]),
  );
  if (!answer) throw new Error("the gateway closed the connection without an answer");
  return answer;
}

/** Writes bytes and reads answers until the gateway closes the connection. */
export async function sendBytes({ port }: RunningGateway, bytes: Buffer | string): Promise<RawAnswer[]> {
  return parseAnswers(await sendText(port, bytes));
}

/**
 * Writes bytes and tells what came back until the gateway closed the connection. With `isCutShort` nothing more will
 * come, which the gateway hears: it has no answer then for a request that it is still busy with.
 */
export async function sendText(port: number, bytes: Buffer | string, isCutShort = false): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  // A gateway that has heard enough may reset the connection while it is written to.
  const closed = new Promise((resolve) => socket.on("error", () => {}).on("close", resolve));
  if (isCutShort) socket.end(bytes);
  else socket.write(bytes);
  await closed;
  return Buffer.concat(chunks).toString("latin1");
}

function parseAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  while (rest !== "") {
    const end = rest.indexOf("\r\n\r\n");
    const [statusLine = "", ...lines] = rest.slice(0, end).split("\r\n");
    const pairs = lines.map((line) => [
      line.slice(0, line.indexOf(":")).toLowerCase(),
      line.slice(line.indexOf(":") + 2),
    ]);
    const headers = new Map<string, string[]>();
    for (const [name = "", value = ""] of pairs) headers.set(name, [...(headers.get(name) ?? []), value]);
    const length = Number(headers.get("content-length")?.[0] ?? 0);
    const body = Buffer.from(rest.slice(end + 4, end + 4 + length), "latin1").toString();
    answers.push({ status: Number(statusLine.split(" ")[1]), headers, body });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
