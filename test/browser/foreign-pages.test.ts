/** What a page of another site may try with the browser of somebody who is logged in. */
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { logIn, me, refresh, restore } from "./auth.ts";
import { it, useBrowser } from "./browser.ts";
import { newEmail, password, useSite } from "./site.ts";

const { withDevice } = useBrowser();

const byCookie = { transport: "cookie" } as const;

/** Sends a form from the page, and tells the status of the answer that the browser goes to. */
async function sendForm(
  tab: Page,
  action: string,
  fields: Readonly<Record<string, string>>,
  enctype: string,
) {
  const answered = tab.waitForResponse(action);
  const inputs = Object.entries(fields).map(([name, value]) => `<input name='${name}' value='${value}'>`);
  const form = `<form method="post" action="${action}" enctype="${enctype}">${inputs.join("")}</form>`;
  await tab.evaluate(`document.body.innerHTML = ${JSON.stringify(form)}; document.forms[0].submit();`);
  await tab.waitForURL(action);
  return (await answered).status();
}

/** One field which, sent as text, is this JSON: the equals sign stands in a string of it. */
function asText(body: object): Record<string, string> {
  return { [`${JSON.stringify(body).slice(0, -1)},"x":"`]: '"}' };
}

interface Init {
  readonly method: string;
  readonly mode?: "no-cors";
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** What a page's own fetch, with all the credentials there are, comes to. */
function read(tab: Page, url: string, init: Init): Promise<string> {
  const call = [url, { ...init, credentials: "include" }] as const;
  return tab.evaluate(
    async ([url, options]) =>
      fetch(url, options).then(
        ({ type }) => type,
        (error: Error) => error.name,
      ),
    call,
  );
}

describe.each(["Lax", "None"])("where the cookie is SameSite=%s a page of another site", (sameSite) => {
  const site = useSite({ COOKIE_SAME_SITE: sameSite });

  const enctypes = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];

  it("cannot send a form that does anything: not log out, nor refresh, nor register", async () => {
    await withDevice(async (device) => {
      const ours = await device.open(site.page(byCookie));
      const email = await site.register();
      await logIn(ours, email);
      const before = await device.context.cookies();
      const registration = { email: newEmail(), password };
      const bodies = { "/logout": { a: "b" }, "/refresh": { a: "b" }, "/register": registration };
      const theirs = await device.open(site.foreignPage());
      for (const enctype of enctypes) {
        for (const [path, body] of Object.entries(bodies)) {
          await theirs.goto(site.foreignPage());
          const fields = enctype === "text/plain" ? asText(body) : body;
          const status = await sendForm(theirs, site.url + path, fields, enctype);
          expect([enctype, path, status]).toEqual([enctype, path, 415]);
        }
      }
      expect(await device.context.cookies()).toEqual(before);
      expect(await refresh(ours)).toBeNull();
      expect(await me(ours)).toBe(email);
      expect(await site.mails(registration.email)).toEqual([]);
    });
  });

  it("cannot log anybody in to an account of its choice", async () => {
    const attackers = await site.register();
    await withDevice(async (device) => {
      const theirs = await device.open(site.foreignPage());
      const login = { email: attackers, password, transport: "cookie" };
      expect(await sendForm(theirs, `${site.url}/login`, asText(login), "text/plain")).toBe(415);
      expect(await device.context.cookies()).toEqual([]);
      const ours = await device.open(site.page(byCookie));
      expect(await restore(ours)).toEqual({ status: "none" });
    });
  });

  it("is told nothing by fetch, and changes nothing by it", async () => {
    const complaints = [/blocked by CORS policy/, /net::ERR_(?:FAILED|BLOCKED_BY_RESPONSE)/];
    await withDevice(
      async (device) => {
        const ours = await device.open(site.page(byCookie));
        await logIn(ours, await site.register());
        const before = await device.context.cookies();
        const theirs = await device.open(site.foreignPage());
        for (const init of [
          { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } },
          { method: "POST", body: "{}" },
          { method: "POST" },
          { method: "GET" },
          { method: "DELETE" },
        ]) {
          for (const path of ["/refresh", "/logout", "/me", "/health"])
            expect(await read(theirs, site.url + path, init)).toBe("TypeError");
        }
        expect(
          await read(theirs, `${site.url}/logout`, { method: "POST", body: "{}", mode: "no-cors" }),
        ).toBe("TypeError");
        expect(await device.context.cookies()).toEqual(before);
        expect(await refresh(ours)).toBeNull();
      },
      { complaints },
    );
  });
});
