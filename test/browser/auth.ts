import type { Page } from "playwright-core";
import type { Client, SessionState } from "../../packages/client/src/index.ts";
import { password } from "./site.ts";

/** The client that `Site.page` has. What is handed to `evaluate` may use it. */
declare const auth: Client;

/** Logs somebody in, and answers what the page's script hears. */
export function logIn(tab: Page, email: string) {
  return tab.evaluate((credentials) => auth.orThrow.login(credentials), { email, password });
}

export function sessionOf(tab: Page): Promise<SessionState> {
  return tab.evaluate(() => auth.session);
}

/** As a page does when it is loaded. */
export function restore(tab: Page): Promise<SessionState> {
  return tab.evaluate(() => auth.restore());
}

/** The code of the error, or null where all went well. */
export function refresh(tab: Page): Promise<string | null> {
  return tab.evaluate(async () => (await auth.refresh()).error?.code ?? null);
}

/** Whose account it is, or the code of the error. */
export function me(tab: Page): Promise<string> {
  return tab.evaluate(async () => {
    const { data, error } = await auth.me();
    return error ? error.code : data.email;
  });
}

/** Waits until the tab has heard, without asking, what became of the session. */
export async function untilSession(tab: Page, status: SessionState["status"]): Promise<SessionState> {
  await tab.waitForFunction((wanted) => auth.session.status === wanted, status);
  return sessionOf(tab);
}
