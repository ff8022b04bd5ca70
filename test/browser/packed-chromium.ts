import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Chromium } from "./chromium.ts";

const run = promisify(execFile);

const root = join(import.meta.dirname, "../..");

/** In the checkout and not in the system's temporary folder, where anybody could have put another browser. */
const cache = join(root, "node_modules/.cache/gatehouse");

/** Unpacks everything the package has, as it does on Lambda, into the folder that it takes for the temporary one. */
const unpacking =
  'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';

/** The Chromium of `@sparticuz/chromium`, which is unpacked once for a checkout, however many ask at a time. */
export async function unpackChromium(): Promise<Pick<Chromium, "path" | "environment">> {
  const manifest = join(root, "node_modules/@sparticuz/chromium/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpackInto(folder);
  const path = join(folder, "chromium");
  const fonts = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  const libraries = { LD_LIBRARY_PATH: join(folder, "al2023/lib") };
  return { path, environment: { ...fonts, ...((await lacksLibraries(path)) && libraries) } };
}

/** In one step, so that the folder is whole whenever it is there. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, "unpacking-"));
  const environment = { ...process.env, TMPDIR: temporary, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" };
  try {
    await run(process.execPath, ["--input-type=module", "-e", unpacking], { cwd: root, env: environment });
    await writeFile(
      join(temporary, "fonts.conf"),
      fontsIn(join(folder, "fonts"), join(folder, "fonts-cache")),
    );
    await rename(temporary, folder);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    // Somebody else was faster.
    if (!existsSync(folder)) throw thrown;
  }
}

/** Its own font alone, so that pages look the same on every machine, and on one without fonts at all. */
function fontsIn(folder: string, cacheFolder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${cacheFolder}</cachedir></fontconfig>
`;
}

/**
 * Whether the system has not all libraries it is linked to: a bare Debian lacks libnss3 and libnspr4. Those of the
 * package are for a newer C library than Chromium itself, so that they are no more than a stopgap.
 */
async function lacksLibraries(path: string): Promise<boolean> {
  return run("ldd", [path]).then(
    ({ stdout }) => stdout.includes("not found"),
    () => true,
  );
}
