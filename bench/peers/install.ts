import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const stampFile = new URL("node_modules/.installed-from", import.meta.url);

/**
 * Installs what the peers need beside this file, from the registry of the shell's npm, unless it is what the lockfile asks
 * for already.
 *
 * @throws Error where npm does not manage; what it said is on the terminal.
 */
export function installPeers(): void {
  const wanted = createHash("sha256")
    .update(readFileSync(new URL("package-lock.json", import.meta.url)))
    .digest("hex");
  if (installedFrom() === wanted) return;
  console.log("Installing the peers with npm ...");
  const { status, error } = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: folder, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  if (status !== 0) throw new Error("the peers could not be installed", { cause: error });
  writeFileSync(stampFile, wanted);
}

function installedFrom(): string | undefined {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}
