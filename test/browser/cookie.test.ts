/** The refresh token in a real browser is out of reach of scripts. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeEach, describe, expect } from "vitest";
import { logIn, refresh } from "./auth.ts";
import { it, useBrowser } from "./browser.ts";
import { useSite } from "./site.ts";

declare const document: { readonly cookie: string };
declare const cookieStore: { getAll(): Promise<unknown[]> };
declare const indexedDB: { databases(): Promise<unknown[]> };
declare const localStorage: Readonly<Record<string, string>>;
declare const sessionStorage: Readonly<Record<string, string>>;

const site = useSite();
const { withDevice } = useBrowser();

const byCookie = { transport: "cookie" } as const;

let email: string;
beforeEach(async () => {
  email = await site.register();
});

async function cookieOf(context: BrowserContext) {
  return (await context.cookies()).find(({ name }) => name === "__Host-gatehouse-refresh");
}

/** All that a page keeps where its scripts can read it. */
function readable(tab: Page): Promise<string> {
  return tab.evaluate(async () =>
    JSON.stringify([
      document.cookie,
      await cookieStore.getAll(),
      { ...localStorage },
      { ...sessionStorage },
      await indexedDB.databases(),
    ]),
  );
}

describe("the cookie of a log-in", () => {
  it("is the host's alone, goes out over secure connections only, and not with what other sites send", async () => {
    await withDevice(async (device) => {
      const tab = await device.open(site.page(byCookie));
      await logIn(tab, email);
      expect(await cookieOf(device.context)).toMatchObject({
        domain: "localhost",
        path: "/",
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      });
    });
  });

  it("is read by no script: not where cookies are, nor storages, nor what the API answers", async () => {
    await withDevice(async (device) => {
      const tab = await device.open(site.page(byCookie));
      const told: [path: string, answer: string][] = [];
      await tab.exposeFunction("heard", (path: string, answer: string) => told.push([path, answer]));
      await tab.evaluate(tellAnswers);
      await logIn(tab, email);
      expect(await refresh(tab)).toBeNull();
      const { value = "" } = (await cookieOf(device.context)) ?? {};
      const mac = value.split(".").at(-1) ?? "";
      expect(mac).toMatch(/^[\w-]{40,}$/);
      expect(await readable(tab)).toBe('["",[],{},{},[]]');
      expect(told.map(([path]) => path)).toEqual(["/login", "/refresh"]);
      for (const [, answer] of told) {
        expect(answer).toContain('"token":');
        expect(answer).not.toMatch(/set-cookie|refreshToken/);
        expect(answer).not.toContain(mac);
      }
    });
  });

  it("is gone after a log-out", async () => {
    await withDevice(async (device) => {
      const tab = await device.open(site.page(byCookie));
      await logIn(tab, email);
      await tab.evaluate("auth.orThrow.logout()");
      expect(await cookieOf(device.context)).toBeUndefined();
    });
  });
});

it("by bearer all that a script can read is the refresh token, in the storage that was asked for", async () => {
  await withDevice(async (device) => {
    const tab = await device.open(site.page({ transport: "bearer", storage: "localStorage" }));
    const { refreshToken, token } = await logIn(tab, email);
    const stored = JSON.stringify({ [`gatehouse:${site.url}:bearer`]: refreshToken });
    expect(await readable(tab)).toBe(`["",[],${stored},{},[]]`);
    expect(await readable(tab)).not.toContain(token);
    expect(await device.context.cookies()).toEqual([]);
  });
});

/** Has the page tell all that its fetch is answered: the path, then each header and the body. */
const tellAnswers = `{
  const original = globalThis.fetch;
  globalThis.fetch = async (...call) => {
    const response = await original(...call);
    const { pathname } = new URL(response.url);
    await heard(pathname, JSON.stringify([...response.headers]) + (await response.clone().text()));
    return response;
  };
}`;
