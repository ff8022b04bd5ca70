/** The client asks nothing of a runtime but what the web platform has: no process, no Buffer, no window, no tabs. */
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { credentials } from "../test/clients.ts";
import { active, FakeApi } from "../test/fake-api.ts";
import type * as Package from "./index.ts";

/** What runtimes at the edge have in common (WinterTC Minimum Common API), as far as the client names it. */
const webPlatform = {
  AbortSignal,
  Headers,
  Request,
  Response,
  URL,
  atob,
  clearTimeout,
  crypto,
  queueMicrotask,
  setTimeout,
};

it("it logs in, refreshes, calls and logs out with what every edge runtime has", async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("index.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "gatehouse",
  });
  const context = createContext({ ...webPlatform });
  runInContext(outputFiles[0]?.text ?? "", context);
  const { createClient } = context["gatehouse"] as typeof Package;
  const api = new FakeApi();
  const client = createClient({ baseUrl: "https://auth.example.com", transport: "bearer", fetch: api.fetch });
  expect((await client.login(credentials)).error).toBeUndefined();
  expect((await client.refresh()).data).toEqual(active);
  expect((await client.me()).error).toBeUndefined();
  expect((await client.logout()).error).toBeUndefined();
  expect(client.session).toEqual({ status: "none", reason: "logged_out" });
});
