import { mkdir, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pageHeaders, pagePaths } from "@gatehouse/web";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { startGateway } from "../gateway/index.ts";
import { createAccountPages } from "./index.ts";

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const metas = ["api-url", "transport", "app-name"].map(
  (name) => `<meta name="gatehouse-${name}" content="">`,
);
let folder: string;
let port: number;
let builds: () => Promise<string>;
const notices: string[] = [];

beforeEach(async () => {
  folder = await temporaryDirectory();
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), `<title></title>${metas.join("")}`);
  await writeFile(join(folder, "assets/index-a1_B2.js"), "run()");
  await writeFile(join(folder, "assets/index-a1_B2.css"), "a{}");
  await writeFile(join(folder, "assets/notes.txt"), "no file of a page");
  builds = async () => folder;
  notices.length = 0;
  const pages = createAccountPages({
    builds: () => builds(),
    settings: { apiUrl: "", transport: "bearer", appName: "Acme" },
    onNotice: (line) => notices.push(line),
  });
  const api = await startGateway({
    routes: [{ routeKey: "POST /login", target: async () => "the API" }],
    cors: { allowOrigins: ["http://a"] },
    beside: [pages],
  });
  onTestFinished(() => api.stop());
  port = api.port;
});

/** `fetch` would tidy the path first. */
async function ask(path: string, { method = "GET", accept = "text/html,*/*;q=0.8" } = {}): Promise<Answer> {
  const message = request({ host: "127.0.0.1", port, path, method, headers: { accept } }).end();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    message.once("response", resolve).once("error", reject);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test.each(pagePaths)("a browser at %s gets the pages, with their settings and headers", async (path) => {
  const { status, headers, body } = await ask(`${path}?next=%2Faccount`);
  expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
    200,
    "text/html; charset=utf-8",
    "no-cache",
  ]);
  expect(headers).toMatchObject(pageHeaders());
  expect(headers).not.toHaveProperty("access-control-allow-origin");
  expect(body).toContain(`<meta name="gatehouse-transport" content="bearer">`);
  expect(body).toContain("<title>Acme</title>");
});

test.each([
  ["/assets/index-a1_B2.js", "text/javascript; charset=utf-8", "run()"],
  ["/assets/index-a1_B2.css", "text/css; charset=utf-8", "a{}"],
])("%s is kept for good by whoever has it", async (path, type, content) => {
  const { status, headers, body } = await ask(path, { accept: "*/*" });
  expect([status, headers["content-type"], body]).toEqual([200, type, content]);
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(headers).toMatchObject(pageHeaders());
});

test("a HEAD tells the same as a GET, without its body", async () => {
  for (const path of ["/login", "/assets/index-a1_B2.js"]) {
    const [whole, head] = [await ask(path), await ask(path, { method: "HEAD" })];
    expect([head.status, head.body]).toEqual([200, ""]);
    expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
  }
});

test.each([
  "/assets/..%2findex.html",
  "/assets/../index.html",
  "/assets/..%2f..%2f..%2fpackage.json",
  "/assets/%2e%2e/index.html",
  "/assets/..",
  "/assets/",
  "/assets/.js",
  "/assets/notes.txt",
  "/assets/index-a1_B2.js/",
  "/assets/index-a1_B2.js%00.css",
  "/assets/nothing.js",
  "/assets//etc/passwd.js",
])("%s is no file of the pages", async (path) => {
  const { status, headers, body } = await ask(path);
  expect([status, body]).toEqual([404, "There is no such file.\n"]);
  expect(headers["cache-control"]).toBe("no-store");
});

test.each([
  { path: "/login", accept: "*/*" },
  { path: "/login", accept: "application/json" },
  { path: "/nothing", accept: "text/html" },
  { path: "/login/", accept: "text/html" },
  { path: "/index.html", accept: "text/html" },
  { path: "/assets", accept: "text/html" },
  { path: "/_local", accept: "text/html" },
])("$path for $accept is the API's, which has no such route", async ({ path, accept }) => {
  const { status, body } = await ask(path, { accept });
  expect([status, body]).toEqual([404, `{"message":"Not Found"}`]);
});

test("what is sent to a page's path is the API's", async () => {
  expect((await ask("/login", { method: "POST" })).body).toBe("the API");
  expect((await ask("/assets/index-a1_B2.js", { method: "DELETE" })).body).toBe(`{"message":"Not Found"}`);
});

test("pages that cannot be built are a 500 that says where to look, and the next request tries again", async () => {
  builds = () => Promise.reject(new Error("Vite says no"));
  const { status, body } = await ask("/login");
  expect([status, body]).toEqual([500, expect.stringContaining("terminal")]);
  expect(body).not.toContain("Vite");
  expect(notices).toEqual(["The account pages cannot be shown: Vite says no"]);
  builds = async () => folder;
  expect((await ask("/login")).status).toBe(200);
});
