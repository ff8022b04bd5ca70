import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findChromium } from "./chromium.ts";

const elsewhere = { platform: "darwin", arch: "arm64" } as const;

/** A folder with something in it that can be run, under this name. */
async function folderWith(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), "");
  await chmod(join(folder, name), 0o755);
  return folder;
}

it("the one that is asked for comes before the system's", async () => {
  const folder = await folderWith("chromium");
  const chosen = join(await folderWith("other"), "other");
  expect(await findChromium({ CHROMIUM_PATH: chosen, PATH: folder })).toMatchObject({ path: chosen });
});

it("the system's is taken as it is, and shows its window where one wants to watch", async () => {
  const folder = await folderWith("google-chrome");
  const path = join(folder, "google-chrome");
  expect(await findChromium({ PATH: `/nowhere:${folder}` })).toEqual({
    path,
    environment: {},
    headed: false,
  });
  expect(await findChromium({ PATH: folder, HEADED: "1" })).toMatchObject({ path, headed: true });
});

it.each([
  [
    "one that cannot be run",
    { CHROMIUM_PATH: "/nowhere/chromium" },
    /^CHROMIUM_PATH is \/nowhere\/chromium, which/,
  ],
  [
    "a window, where only the packed one is there",
    { HEADED: "1" },
    /^HEADED=1 needs a browser with a window: install/,
  ],
  [
    "one where none is packed for the machine",
    {},
    /^none is found, and none is packed for darwin on arm64: install/,
  ],
])("who asks for %s is told what to do", async (_, environment, reason) => {
  expect(await findChromium(environment, elsewhere)).toEqual({ reason: expect.stringMatching(reason) });
});
