import type { TestProject } from "vitest/node";
import { type Chromium, findChromium, type NoChromium } from "./chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    chromium: Chromium | NoChromium;
  }
}

/** Vitest's global setup: finds the browser, once for all test files, or says why there is none. */
export default async function setup(project: TestProject): Promise<void> {
  const found = await findChromium(process.env).catch((error) => ({
    reason: `none could be unpacked: ${error}`,
  }));
  if ("reason" in found) process.stderr.write(`The browser tests are skipped: ${found.reason}.\n`);
  project.provide("chromium", found);
}
