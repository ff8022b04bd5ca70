/** Reloads and tabs with the typed client, in both transports. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeEach, describe, expect, vi } from "vitest";
import type { Client } from "../../packages/client/src/index.ts";
import { logIn, me, refresh, restore, sessionOf, untilSession } from "./auth.ts";
import { it, useBrowser } from "./browser.ts";
import { type ClientChoice, useSite } from "./site.ts";

declare const auth: Client;

const site = useSite();
const { withDevice } = useBrowser();

let email: string;
beforeEach(async () => {
  email = await site.register();
});

/** The refreshes that go to the API from now on, each held back until `release`. */
async function holdRefreshes(context: BrowserContext) {
  const gate = Promise.withResolvers<void>();
  let count = 0;
  await context.route(`${site.url}/refresh`, async (route) => {
    count += 1;
    await gate.promise;
    await route.continue();
  });
  return { count: () => count, release: gate.resolve };
}

/** How many tabs wait for another one's turn to end. */
function waiting(tab: Page): Promise<number> {
  return tab.evaluate(async () => {
    const { locks } = navigator as unknown as { locks: { query(): Promise<{ pending: unknown[] }> } };
    return (await locks.query()).pending.length;
  });
}

const choices: [string, ClientChoice][] = [
  ["cookie", { transport: "cookie" }],
  ["bearer and localStorage", { transport: "bearer", storage: "localStorage" }],
];

describe.each(choices)("by %s", (_, choice) => {
  it("a page that is loaded again is still logged in", async () => {
    await withDevice(async (device) => {
      const tab = await device.open(site.page(choice));
      await logIn(tab, email);
      const before = await sessionOf(tab);
      await tab.reload();
      expect(await sessionOf(tab)).toEqual({ status: "unknown" });
      expect(await restore(tab)).toEqual(before);
      expect(await me(tab)).toBe(email);
    });
  });

  it("of two tabs that refresh at once one asks the API, and both stay logged in", async () => {
    await withDevice(async (device) => {
      const tabs = [await device.open(site.page(choice)), await device.open(site.page(choice))] as const;
      await logIn(tabs[0], email);
      await untilSession(tabs[1], "active");
      const refreshes = await holdRefreshes(device.context);
      const first = refresh(tabs[0]);
      await vi.waitFor(() => expect(refreshes.count()).toBe(1));
      const second = refresh(tabs[1]);
      await vi.waitFor(async () => expect(await waiting(tabs[0])).toBe(1));
      refreshes.release();
      expect(await Promise.all([first, second])).toEqual([null, null]);
      expect(refreshes.count()).toBe(1);
      for (const tab of tabs) expect(await me(tab)).toBe(email);
      for (const tab of tabs) await tab.reload();
      const restored = await Promise.all(tabs.map(restore));
      expect(restored.map(({ status }) => status)).toEqual(["active", "active"]);
    });
  });

  it("ten tabs that are loaded at once, as a browser does that is started again, are all logged in", async () => {
    await withDevice(async (device) => {
      const tab = await device.open(site.page(choice));
      await logIn(tab, email);
      const tabs = await Promise.all(Array.from({ length: 10 }, () => device.open(site.page(choice))));
      const restored = await Promise.all(tabs.map(restore));
      expect(new Set(restored.map(({ status }) => status))).toEqual(new Set(["active"]));
      expect(new Set(await Promise.all(tabs.map(me)))).toEqual(new Set([email]));
    });
  });

  it("in a browser without locks and channels two tabs that refresh at once stay logged in too", async () => {
    await withDevice(async (device) => {
      await device.context.addInitScript(
        "Object.defineProperty(navigator, 'locks', { value: undefined }); delete globalThis.BroadcastChannel;",
      );
      const tabs = [await device.open(site.page(choice)), await device.open(site.page(choice))] as const;
      await logIn(tabs[0], email);
      await restore(tabs[1]);
      const refreshes = await holdRefreshes(device.context);
      const both = Promise.all(tabs.map(refresh));
      await vi.waitFor(() => expect(refreshes.count()).toBe(2));
      refreshes.release();
      expect(await both).toEqual([null, null]);
      for (const tab of tabs) {
        await tab.reload();
        expect(await restore(tab)).toMatchObject({ status: "active" });
        expect(await me(tab)).toBe(email);
      }
    });
  });

  it("a log-in in one tab is one in the others, and so is a log-out, which ask nobody", async () => {
    await withDevice(async (device) => {
      const tabs = [await device.open(site.page(choice)), await device.open(site.page(choice))] as const;
      await restore(tabs[1]);
      let asked = 0;
      tabs[1].on("request", () => (asked += 1));
      await logIn(tabs[0], email);
      expect(await untilSession(tabs[1], "active")).toEqual(await sessionOf(tabs[0]));
      await tabs[0].evaluate(() => auth.orThrow.logout());
      expect(await untilSession(tabs[1], "none")).toEqual({ status: "none", reason: "logged_out" });
      expect(await me(tabs[1])).toBe("not_logged_in");
      expect(asked).toBe(0);
    });
  });

  it("a session that was ended from another device is over at the next refresh, in all tabs", async () => {
    await withDevice(async (device) => {
      const tabs = [await device.open(site.page(choice)), await device.open(site.page(choice))] as const;
      await logIn(tabs[0], email);
      await restore(tabs[1]);
      await withDevice(async (phone) => {
        const tab = await phone.open(site.page(choice));
        await logIn(tab, email);
        expect(await tab.evaluate(() => auth.orThrow.endOtherSessions())).toEqual({ ended: 1 });
      });
      expect(await me(tabs[0])).toBe("insufficient_scope");
      expect(await refresh(tabs[0])).toBe("not_logged_in");
      expect(await untilSession(tabs[1], "none")).toEqual({ status: "none", reason: "session_ended" });
    });
  });
});

describe("by bearer", () => {
  it("without a storage each page has a session of its own, which a reload forgets", async () => {
    await withDevice(async (device) => {
      const page = site.page({ transport: "bearer" });
      const tabs = [await device.open(page), await device.open(page)] as const;
      await logIn(tabs[0], email);
      expect(await restore(tabs[1])).toEqual({ status: "none" });
      await tabs[0].reload();
      expect(await restore(tabs[0])).toEqual({ status: "none" });
    });
  });

  it("with sessionStorage a tab stays logged in over a reload, and says nothing to the others", async () => {
    await withDevice(async (device) => {
      const page = site.page({ transport: "bearer", storage: "sessionStorage" });
      const tabs = [await device.open(page), await device.open(page)] as const;
      expect(await restore(tabs[1])).toEqual({ status: "none" });
      await logIn(tabs[0], email);
      await tabs[0].reload();
      expect(await restore(tabs[0])).toMatchObject({ status: "active" });
      expect(await sessionOf(tabs[1])).toEqual({ status: "none" });
      expect(await restore(tabs[1])).toEqual({ status: "none" });
    });
  });
});
