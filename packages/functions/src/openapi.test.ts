import { join } from "node:path";
import { routes } from "@gatehouse/contract";
import { openApiDocument } from "@gatehouse/contract/openapi";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { call } from "../test/call.ts";
import { captureStdout } from "../test/stdout.ts";
import { handler } from "./openapi.ts";

captureStdout();

it("the document is that of this issuer, and caches may keep it for five minutes", async () => {
  const { status, headers, body } = await call(handler, { method: "GET", path: routes.openapi.path });
  expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=300"]);
  expect(body.servers).toEqual([{ url: "https://auth.example.com" }]);
  expect(body).toEqual(openApiDocument("https://auth.example.com"));
});

it("no function carries the document or its examples but the one that answers it", async () => {
  const entryPoints = ["openapi", "health"].map((name) => join(import.meta.dirname, `${name}.ts`));
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    platform: "node",
    format: "esm",
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const carrying = Object.values(metafile.outputs).map(({ inputs }) =>
    Object.keys(inputs).some((path) => /contract\/src\/(?:openapi|examples)\//.test(path)),
  );
  expect(carrying).toEqual([true, false]);
});
