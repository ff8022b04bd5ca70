import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Route, routes } from "@gatehouse/contract";
import { afterAll, expect, it } from "vitest";
import { bundleFunction } from "./bundle-function.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-contract-"));
mkdirSync(join(folder, "src"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a module exports that is bundled as if it were the function of this name. */
async function bundled(name: string, code: string): Promise<Record<string, unknown>> {
  const file = join(folder, "src", `${name}.ts`);
  const output = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  writeFileSync(output, (await bundleFunction(file)).code);
  return import(pathToFileURL(output).href);
}

const contract = new URL("../../packages/contract/src/index.ts", import.meta.url).pathname;

it("a function's route table has the schemas of its own route, and of any other whether there are any", async () => {
  const table = await bundled("change-me", `export { routes } from ${JSON.stringify(contract)};`);
  const found = table["routes"] as Record<string, Route>;
  expect(Object.keys(found)).toEqual(Object.keys(routes));
  for (const [name, route] of Object.entries<Route>(routes)) {
    const { body, params, query, answer, ...rest } = found[name] as Route;
    const { body: _, params: __, query: ___, answer: ____, ...wanted } = route;
    expect(rest).toEqual(wanted);
    expect([!!body, !!params, !!query]).toEqual([!!route.body, !!route.params, !!route.query]);
    expect(answer.status).toBe(route.answer.status);
    if (name !== "changeMe") expect([body ?? {}, params ?? {}, query ?? {}]).toEqual([{}, {}, {}]);
  }
  expect(found["changeMe"]?.body).toEqual(JSON.parse(JSON.stringify(routes.changeMe.body)));
});

it("TypeBox is in no function but the one that tells of the schemas", async () => {
  const hasIt = async (name: string) => {
    const { files } = await bundleFunction(`packages/functions/src/${name}.ts`);
    return [...files.keys()].some((path) => path.includes("/typebox/"));
  };
  expect(await hasIt("register")).toBe(false);
  expect(await hasIt("authorizer")).toBe(false);
  expect(await hasIt("openapi")).toBe(true);
});
