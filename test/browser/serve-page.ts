import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";

const client = join(import.meta.dirname, "../../packages/client/src/index.ts");

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>A page</title>
<script src="/script.js"></script></html>`;

/** The client of a page, as `/?api=…&transport=cookie` asks for it, in `auth`. */
const script = `
const { api, transport, storage } = Object.fromEntries(new URLSearchParams(location.search));
if (api) globalThis.auth = gatehouse.createClient({ baseUrl: api, transport, storage: globalThis[storage] });
`;

export interface PageServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves one blank page with the typed client in it, at every path and whatever host it is asked for by. */
export async function servePage(): Promise<PageServer> {
  const options = { bundle: true, format: "iife", globalName: "gatehouse", write: false } as const;
  const { outputFiles } = await build({ entryPoints: [client], ...options });
  const scripts = outputFiles.map(({ text }) => text).concat(script);
  const server = createServer(({ url }, response) => {
    const [type, text] = url === "/script.js" ? ["text/javascript", scripts.join("\n")] : ["text/html", page];
    response.setHeader("Content-Type", `${type}; charset=utf-8`).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
