/** The account pages as `npm start` has them: built for real, at the API's own address. */
import { expect, test } from "vitest";
import { pagesTransport } from "../src/account-pages/index.ts";
import { useHouse } from "./support/house.ts";
import { startCli } from "./support/start-cli.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

const house = useHouse({ APP_NAME: "Acme & Sons", PAGES_TRANSPORT: "bearer" });

const open = (path: string) => fetch(house.url + path, { headers: { Accept: "text/html" } });

test("a page names its script, its style and its icon, and each of them is there", async () => {
  const html = await (await open("/login")).text();
  expect(html).toContain(`content="bearer"`);
  expect(html).toContain("<title>Acme &#38; Sons</title>");
  const files = html.match(/\/assets\/[\w.-]+/g) ?? [];
  expect(files.map((file) => file.replace(/.*\./, "")).sort()).toEqual(["css", "js", "svg"]);
  for (const file of files) {
    const response = await fetch(house.url + file);
    expect([file, response.status]).toEqual([file, 200]);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect((await response.text()).length).toBeGreaterThan(100);
  }
});

test("no script or style stands in the page itself, and none of its own files makes markup of a text", async () => {
  const html = await (await open("/")).text();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src="\/assets\/)|\son\w+=/);
  const [script = ""] = html.match(/\/assets\/[\w.-]+\.js/) ?? [];
  const code = await (await fetch(house.url + script)).text();
  expect(code).not.toMatch(/insertAdjacentHTML|document\.write|\beval\(|new Function/);
});

test("the API answers its own routes as before", async () => {
  expect((await open("/health")).headers.get("content-type")).toMatch(/^application\/json/);
  expect((await open("/me")).status).toBe(401);
  expect(await (await open("/nothing")).json()).toEqual({ message: "Not Found" });
});

test("the start message names the pages, and they are there", async () => {
  const cli = startCli(["--data", await temporaryDirectory()]);
  const url = await cli.url;
  await expect.poll(() => cli.output.stdout).toContain(`${url}/ `);
  expect((await fetch(`${url}/login`, { headers: { Accept: "text/html" } })).status).toBe(200);
});

test("a transport that there is not is refused by the name of its setting", () => {
  expect(pagesTransport({})).toBe("cookie");
  expect(pagesTransport({ PAGES_TRANSPORT: "bearer" })).toBe("bearer");
  expect(() => pagesTransport({ PAGES_TRANSPORT: "header" })).toThrow("PAGES_TRANSPORT");
});
