import { join } from "node:path";
import { ConfigError } from "@gatehouse/core/error";
import { buildPages, type PageSettings, pagesRoot, sourcesDigest } from "@gatehouse/web";
import type { Environment } from "../environment.ts";
import type { Beside } from "../gateway/index.ts";
import { createAccountPages } from "./account-pages.ts";
import { createBuilds } from "./builds.ts";

export interface OpenAccountPagesOptions {
  /** Of every function, complete and checked. */
  readonly appName: string;
  readonly transport: PageSettings["transport"];
  readonly onNotice: ((line: string) => void) | undefined;
}

/** The pages of packages/web, which are built when somebody opens the first one: nobody else waits for that. */
export function openAccountPages({
  appName,
  transport,
  onNotice = () => {},
}: OpenAccountPagesOptions): Beside {
  const folder = join(pagesRoot, "dist/local");
  const builds = createBuilds({ folder, digest: sourcesDigest, build: buildPages, onNotice });
  return createAccountPages({ builds, settings: { apiUrl: "", appName, transport }, onNotice });
}

/**
 * Where the pages keep the refresh token: `PAGES_TRANSPORT`, `cookie` where it is not set.
 *
 * @throws ConfigError where it is neither.
 */
export function pagesTransport(environment: Environment): PageSettings["transport"] {
  const value = environment["PAGES_TRANSPORT"] || "cookie";
  if (value === "cookie" || value === "bearer") return value;
  throw new ConfigError("PAGES_TRANSPORT", "should be cookie or bearer");
}
