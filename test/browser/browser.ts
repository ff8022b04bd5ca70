import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, inject, test } from "vitest";
import { type Device, type DeviceOptions, withDevice } from "./device.ts";

const found = inject("chromium");

/** A test in a browser: skipped where there is none, for the reason that setup.ts has told. */
export const it = test.skipIf("reason" in found);

export interface TestBrowser {
  /** Runs something on a device of its own: see device.ts. */
  withDevice<T>(use: (device: Device) => Promise<T>, options?: DeviceOptions): Promise<T>;
}

/** One browser for all the tests of a file. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return {
    withDevice: (use, options = {}) => {
      if (!browser) throw new Error("the browser is not there yet: ask for it in a test");
      return withDevice(browser, options, use);
    },
  };
}

/** Chromium as it is for people: with all that it does for security but its own sandbox, which containers forbid. */
async function launch(): Promise<Browser> {
  if ("reason" in found) throw new Error(found.reason);
  const { path, environment, headed } = found;
  return chromium.launch({
    executablePath: path,
    headless: !headed,
    slowMo: headed ? 300 : 0,
    chromiumSandbox: false,
    env: { ...process.env, ...environment },
  });
}
