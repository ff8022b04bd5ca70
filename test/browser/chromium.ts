import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { unpackChromium } from "./packed-chromium.ts";

/** A browser to start, and what its process needs in its environment beside ours. */
export interface Chromium {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it shows its window, for a person to watch. */
  readonly headed: boolean;
}

/** Why there is none, as half a sentence for a person. */
export interface NoChromium {
  readonly reason: string;
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The Chromium that these tests run in: the one at `CHROMIUM_PATH`, or the system's, or the one that is packed into
 * `@sparticuz/chromium`, for Linux on x64. That one has no window, so that `HEADED=1` needs one of the others.
 */
export async function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  { platform, arch }: Pick<NodeJS.Process, "platform" | "arch"> = process,
): Promise<Chromium | NoChromium> {
  const headed = environment["HEADED"] === "1";
  const chosen = environment["CHROMIUM_PATH"];
  if (chosen && !isExecutable(chosen)) return { reason: `CHROMIUM_PATH is ${chosen}, which cannot be run` };
  const path = chosen || onPath(environment["PATH"]);
  if (path) return { path, environment: {}, headed };
  const remedy = "install Chromium, or set CHROMIUM_PATH";
  if (headed) return { reason: `HEADED=1 needs a browser with a window: ${remedy}` };
  if (platform !== "linux" || arch !== "x64")
    return { reason: `none is found, and none is packed for ${platform} on ${arch}: ${remedy}` };
  return { ...(await unpackChromium()), headed };
}

function onPath(path = ""): string | undefined {
  const folders = path.split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
