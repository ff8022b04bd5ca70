import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { newRequestId } from "./exchange.ts";
import { createPipeline } from "./pipeline.ts";
import { Refusal } from "./refusal.ts";
import { serve } from "./serve.ts";
import type { GatewayOptions } from "./types.ts";

/** Node's own limit: above the gateway's, which answers as AWS does, and below what would hurt. */
const MAX_HEADER_SIZE = 64 * 1024;

/** Longer than Node's five seconds, so that a client that pauses does not write into a closing connection. */
const KEEP_ALIVE_MS = 60_000;

/** What open requests get to finish in once the gateway stops. */
const GRACE_MS = 500;

export interface RunningGateway {
  /** `http://127.0.0.1:50123`, followed by the stage where it is not `$default`; no slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The answers of authorizers that are kept. */
  readonly authorizerCache: { clear(): void };
  /** Lets go of the port within a second, whatever is still running. */
  stop(): Promise<void>;
}

/**
 * Starts an HTTP API on this machine. Throws an `Error` for routes, authorizers or CORS settings that AWS
 * would not accept, and passes on the error of a port that is taken (`code` is `EADDRINUSE`).
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const pipeline = createPipeline(options);
  const { beside = [] } = options;
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, (message, response) => {
    const other = beside.find(({ takes }) => takes(message));
    if (other) other.listener(message, response);
    else void serve(pipeline, message, response);
  });
  server.on("clientError", refuseUnreadable);
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  const host = options.host ?? "127.0.0.1";
  server.listen({ host, port: options.port ?? 0 });
  await once(server, "listening");

  const { port } = server.address() as AddressInfo;
  const { stage } = pipeline.api;
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${authority}${stage === "$default" ? "" : `/${stage}`}`,
    port,
    authorizerCache: { clear: () => pipeline.authorizers.clear() },
    stop: () => {
      stopped ??= close(server);
      return stopped;
    },
  };
}

/** What is no HTTP never reaches the pipeline. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = new Refusal(statusOf(error.code));
  const lines = [
    `HTTP/1.1 ${refusal.status} ${refusal.message}`,
    "content-type: application/json",
    `content-length: ${refusal.body.length}`,
    `apigw-requestid: ${newRequestId()}`,
    "connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${refusal.body}`);
}

function statusOf(code: string | undefined): 400 | 408 | 431 {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection whose answer has gone out would otherwise wait for its client's next request.
  const sweep = setInterval(() => server.closeIdleConnections(), GRACE_MS / 20);
  const end = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
