import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleFunction } from "./bundle-function.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-built-ins-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a module writes once it is bundled, run by itself. */
async function outputOf(name: string, code: string): Promise<string> {
  const [source, bundled] = [join(folder, name), join(folder, `${name}.bundled.mjs`)];
  writeFileSync(source, code);
  writeFileSync(bundled, (await bundleFunction(source)).code);
  return execFileSync(process.execPath, [bundled], { encoding: "utf8" });
}

const fetchIsLoaded = `console.log(process.moduleLoadList.some((name) => name.includes("undici")))`;

it("a name of node:http is read without the fetch implementation, which an import would load", async () => {
  const asked = `import { STATUS_CODES } from "node:http"; console.log(STATUS_CODES[418]); ${fetchIsLoaded}`;
  expect(await outputOf("named.mjs", asked)).toBe("I'm a Teapot\nfalse\n");
  const plain = join(folder, "plain.mjs");
  writeFileSync(plain, asked);
  expect(execFileSync(process.execPath, [plain], { encoding: "utf8" })).toBe("I'm a Teapot\ntrue\n");
});

it.each([
  ["default", `import http from "http"; console.log(typeof http.request)`],
  ["namespace", `import * as http from "node:http"; console.log(typeof http.request)`],
  ["of a path", `import { readFile } from "node:fs/promises"; console.log(typeof readFile)`],
  ["later", `const { request } = await import("node:http"); console.log(typeof request)`],
  ["process", `import { nextTick } from "node:process"; console.log(typeof nextTick)`],
])("an import is the module, %s", async (name, code) => {
  expect(await outputOf(`${name.replace(" ", "-")}.mjs`, code)).toBe("function\n");
});

it("a package of CommonJS requires the module, and can change it", async () => {
  const code = `const http = require("http"); http.ours = 1; console.log(require("node:http").ours, typeof http.request)`;
  expect(await outputOf("required.cjs", code)).toBe("1 function\n");
});
