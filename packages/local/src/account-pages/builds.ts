import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A build this old is of no process any more that began to serve it. */
const keptMs = 24 * 3600 * 1000;

export interface BuildsOptions {
  /** Where builds are kept, each in a folder named for what it was made of. */
  readonly folder: string;
  /** A name for what the sources are now. */
  readonly digest: () => Promise<string>;
  /** Builds them into a folder that is there and empty. */
  readonly build: (folder: string) => Promise<void>;
  readonly onNotice: (line: string) => void;
}

/**
 * Answers the folder with the pages as the sources are now, and builds them where nobody has. A build appears whole, under
 * its name: several processes may want the same one at the same time.
 */
export function createBuilds({ folder, digest, build, onNotice }: BuildsOptions): () => Promise<string> {
  const running = new Map<string, Promise<void>>();

  async function make(target: string): Promise<void> {
    onNotice("The account pages are new or were changed: they are built, which takes a second or two");
    await mkdir(folder, { recursive: true });
    const draft = await mkdtemp(`${target}.`);
    try {
      await build(draft);
      await rename(draft, target).catch(unlessThere);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await tidy(target);
  }

  async function tidy(current: string): Promise<void> {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const made = await stat(path).catch(() => undefined);
      if (path !== current && made && Date.now() - made.mtimeMs > keptMs) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }

  return async () => {
    const target = join(folder, await digest());
    if (await stat(target).catch(() => undefined)) return target;
    if (!running.has(target))
      running.set(
        target,
        make(target).finally(() => running.delete(target)),
      );
    await running.get(target);
    return target;
  };
}

/** Another process was quicker, with the same pages. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}
