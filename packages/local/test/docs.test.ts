/** The description of the API in a browser: Swagger UI under a policy that lets it load nothing but what is here. */
import { type Route, routes } from "@gatehouse/contract";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as browsers, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "./support/house.ts";

// The browser comes in a package, and is built for Linux on x64 alone.
const hasBrowser = process.platform === "linux" && process.arch === "x64";

describe.skipIf(!hasBrowser)("/docs", () => {
  const house = useHouse();
  const complaints: string[] = [];
  const asked = new Set<string>();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const executablePath = await chromium.executablePath();
    browser = await browsers.launch({ executablePath, args: chromium.args });
    page = await browser.newPage();
    page.on("console", (message) => void complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => void complaints.push(error.message));
    page.on("request", (request) => void asked.add(new URL(request.url()).origin));
    await page.goto(`${house.url}/docs`);
    await page.locator(".opblock").first().waitFor();
  });
  afterAll(() => browser?.close());

  const block = (route: Route) => page.locator(`.opblock[id$="-${route.name}"]`);

  it("shows every route, and opens each without breaking its own policy or asking anybody else", async () => {
    const all = Object.values<Route>(routes);
    expect(await page.locator(".opblock").count()).toBe(all.length);
    for (const route of all) {
      await block(route).locator(".opblock-summary-control").click();
      await block(route).locator(".responses-wrapper").waitFor();
      await block(route).locator(".opblock-summary-control").click();
    }
    expect(complaints).toEqual([]);
    expect([...asked]).toEqual([new URL(house.url).origin]);
  });

  it("tries out a route of this machine", async () => {
    const health = block(routes.health);
    await health.locator(".opblock-summary-control").click();
    await health.getByRole("button", { name: "Try it out" }).click();
    await health.getByRole("button", { name: "Execute" }).click();
    const answer = health.locator(".live-responses-table .response");
    expect(await answer.locator(".response-col_status").textContent()).toContain("200");
    expect(await answer.textContent()).toContain(`"status": "ok"`);
    expect(complaints).toEqual([]);
  });
});
