import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { buildPages, pagesRoot, sourcesDigest } from "./build.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-pages-"));
afterAll(() => rmSync(folder, { recursive: true }));

const filesOf = (build: string) =>
  readdirSync(build, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(/-[\w-]{8}\./g, "-(hash)."))
    .sort();

test("a build is a document and its files, each named for what it holds", async () => {
  const build = join(folder, "plain");
  await buildPages(build);
  expect(filesOf(build)).toEqual([
    "assets",
    "assets/icon-(hash).svg",
    "assets/index-(hash).css",
    "assets/index-(hash).js",
    "index.html",
  ]);
  expect(readFileSync(join(build, "index.html"), "utf8")).toContain(
    `<meta name="gatehouse-transport" content="cookie" />`,
  );
});

// SST builds with `{{ NAME }}` for what is known only once it deploys, and looks for that in what was built.
test("what the stack puts in when it deploys stands in the document, and nowhere else", async () => {
  const build = join(folder, "stack");
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    npm_config_update_notifier: "false",
    VITE_API_URL: "{{ VITE_API_URL }}",
    VITE_TRANSPORT: "bearer",
    VITE_APP_NAME: "Acme",
  };
  const args = ["run", "build", "--", "--outDir", build];
  await promisify(execFile)("npm", args, { cwd: pagesRoot, env });
  const html = readFileSync(join(build, "index.html"), "utf8");
  expect(html).toContain(`<meta name="gatehouse-api-url" content="{{ VITE_API_URL }}" />`);
  expect(html).toContain(`<meta name="gatehouse-transport" content="bearer" />`);
  expect(html).toContain("<title>Acme</title>");
  const scripts = readdirSync(join(build, "assets")).map((file) =>
    readFileSync(join(build, "assets", file), "utf8"),
  );
  expect(scripts.filter((text) => text.includes("VITE_API_URL"))).toEqual([]);
});

test("the sources have one name as long as they are the same", async () => {
  const digest = await sourcesDigest();
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(await sourcesDigest()).toBe(digest);
});
