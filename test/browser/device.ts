import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from "playwright-core";
import { expect } from "vitest";

/** Somebody's browser: its tabs share cookies and storages, and no other device does. */
export interface Device {
  readonly context: BrowserContext;
  /** Opens a tab. */
  open(url: string): Promise<Page>;
}

export interface DeviceOptions extends BrowserContextOptions {
  /** What the browser has to complain of in the course of it, each at least once. Anything else fails the test. */
  readonly complaints?: readonly RegExp[];
}

/** What Chromium says of every refusal that fetch hears: no page can keep it from that. */
const refusalHeard = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Runs something on a device of its own, and fails for an error in its console or a breach of a page's policy. */
export async function withDevice<T>(
  browser: Browser,
  { complaints = [], ...options }: DeviceOptions,
  use: (device: Device) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  const heard: string[] = [];
  context.on("console", (message) => heard.push(...complaintsIn(message)));
  context.on("weberror", (thrown) => heard.push(String(thrown.error())));
  await context.addInitScript(tellViolations);
  try {
    const result = await use({ context, open: (url) => openTab(context, url) });
    expect(heard.filter((each) => !complaints.some((complaint) => complaint.test(each)))).toEqual([]);
    for (const complaint of complaints) expect(heard).toContainEqual(expect.stringMatching(complaint));
    return result;
  } finally {
    await context.close();
  }
}

function complaintsIn(message: ConsoleMessage): string[] {
  const isNews = message.type() === "error" && !refusalHeard.test(message.text());
  return isNews ? [`${message.text()} (${message.location().url})`] : [];
}

async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
}

/** Runs in each page before its own scripts. Chromium logs most breaches of a policy, and this all of them. */
const tellViolations = `document.addEventListener("securitypolicyviolation", (event) => {
  console.error("securitypolicyviolation", event.effectiveDirective, event.blockedURI, event.sample);
});`;
