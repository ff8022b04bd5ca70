import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

const attempts = 5;

/**
 * Runs `listen` with the port that is wanted, or where that is 0 with one that is free. For what must know
 * its port before it listens; another process may be quicker, then it is tried again with another.
 */
export async function onPort<T>(
  wanted: number,
  listen: (port: number) => Promise<T>,
): Promise<{ port: number; result: T }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted || (await freePort());
    try {
      return { port, result: await listen(port) };
    } catch (error) {
      if (wanted || attempt === attempts || !isPortTaken(error)) throw error;
    }
  }
}

/** Whether an error, or what caused it, is that another process listens on the port. */
export function isPortTaken(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && error.code === "EADDRINUSE") return true;
  return "cause" in error && isPortTaken(error.cause);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
