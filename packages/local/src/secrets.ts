import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { secretNames } from "@gatehouse/core/secrets";
import { StartError } from "./start-error.ts";

/**
 * Makes the secrets of this laptop once, in a file only its owner may read. A file that is there is never
 * written again: with other secrets no stored password and no token would be valid.
 *
 * @throws StartError where the file that is there cannot be used.
 */
export async function keepSecrets(file: string): Promise<void> {
  const known = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new StartError(`The secrets in ${file} cannot be read: ${error.message}`, { cause: error });
  });
  if (known === undefined) return write(file, JSON.stringify(generateSecrets(), undefined, 2));
  if (!holdsSecrets(known)) {
    throw new StartError(
      `The secrets in ${file} are damaged: put a good copy there, or start with --reset, which deletes all data`,
    );
  }
}

/** Whole or not at all, and never over another: linking a finished file fails where the name is taken. */
async function write(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, `${text}\n`, { mode: 0o600, flush: true });
    await link(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function holdsSecrets(text: string): boolean {
  try {
    const secrets: unknown = JSON.parse(text);
    return (
      typeof secrets === "object" &&
      secrets !== null &&
      secretNames.every((name) => Object.hasOwn(secrets, name))
    );
  } catch {
    return false;
  }
}
