import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { createBuilds } from "./builds.ts";

/** Builds that hold the name of their sources, which a test changes. */
async function start(folder?: string) {
  const state = {
    folder: folder ?? (await temporaryDirectory()),
    sources: "one",
    built: [] as string[],
    notices: [] as string[],
    /** For a test that makes the next build fail, or wait. */
    before: async () => {},
  };
  const current = createBuilds({
    folder: state.folder,
    digest: async () => state.sources,
    build: async (draft) => {
      await state.before();
      await writeFile(join(draft, "index.html"), state.sources);
      state.built.push(state.sources);
    },
    onNotice: (line) => state.notices.push(line),
  });
  return Object.assign(state, { shown: async () => readFile(join(await current(), "index.html"), "utf8") });
}

test("what nobody has built is built once, and told of in one line", async () => {
  const builds = await start();
  expect(await builds.shown()).toBe("one");
  expect(await builds.shown()).toBe("one");
  expect(builds.built).toEqual(["one"]);
  expect(builds.notices).toEqual([expect.stringMatching(/^The account pages .* built/)]);
});

test("pages that were changed are built anew, and those of before are still there for who has them", async () => {
  const builds = await start();
  await builds.shown();
  builds.sources = "two";
  expect(await builds.shown()).toBe("two");
  builds.sources = "one";
  expect(await builds.shown()).toBe("one");
  expect(builds.built).toEqual(["one", "two"]);
});

test("many who ask at once wait for one build", async () => {
  const builds = await start();
  expect(await Promise.all([builds.shown(), builds.shown(), builds.shown()])).toEqual(["one", "one", "one"]);
  expect(builds.built).toEqual(["one"]);
});

test("two processes that build the same at once do not disturb each other", async () => {
  const first = await start();
  const second = await start(first.folder);
  const both = Promise.withResolvers<void>();
  let waiting = 0;
  first.before = second.before = () => {
    waiting += 1;
    if (waiting === 2) both.resolve();
    return both.promise;
  };
  expect(await Promise.all([first.shown(), second.shown()])).toEqual(["one", "one"]);
  expect([first.built, second.built]).toEqual([["one"], ["one"]]);
  expect(await readdir(first.folder)).toEqual(["one"]);
});

test("a build that fails leaves nothing behind and is tried again", async () => {
  const builds = await start();
  builds.before = () => Promise.reject(new Error("no such import"));
  await expect(builds.shown()).rejects.toThrow("no such import");
  expect(await readdir(builds.folder)).toEqual([]);
  builds.before = async () => {};
  expect(await builds.shown()).toBe("one");
});

test("a new build clears away those that are more than a day old", async () => {
  const builds = await start();
  const longAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  for (const name of ["old", "young"]) await mkdir(join(builds.folder, name));
  await utimes(join(builds.folder, "old"), longAgo, longAgo);
  await builds.shown();
  expect((await readdir(builds.folder)).sort()).toEqual(["one", "young"]);
});
