import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { generateSecrets } from "@gatehouse/core/generate-secrets";
import { type SecretName, secretNames } from "@gatehouse/core/secrets";
import { StartError } from "./start-error.ts";

/** What a file of an earlier version lacks. Without any other name a file is damaged: what it was cannot be made again. */
const addedLater: readonly SecretName[] = ["REFRESH_KEY", "CODE_KEY", "AUDIT_KEY"];

/**
 * Makes the secrets of this laptop once, in a file only its owner may read. What is there is never changed: with
 * other secrets no stored password and no token would be valid. A file of an earlier version gets what it lacks.
 *
 * @param hasData whether there is data that the secrets belong to: then lost ones are not made anew.
 * @throws StartError where the file that is there cannot be used, or is lost.
 */
export async function keepSecrets(file: string, hasData: boolean): Promise<void> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new StartError(`The secrets in ${file} cannot be read: ${error.message}`, { cause: error });
  });
  if (text === undefined && hasData) {
    throw new StartError(
      `${file} is missing, and without it no stored password is right: put a copy there, or start with --reset, which deletes all data`,
    );
  }
  // Never over another: linking a finished file fails where the name is taken.
  if (text === undefined) return write(file, generateSecrets(), link);
  const known = parseSecrets(text);
  if (!known) {
    throw new StartError(
      `The secrets in ${file} are damaged: put a good copy there, or start with --reset, which deletes all data`,
    );
  }
  const isComplete = secretNames.every((name) => Object.hasOwn(known, name));
  if (!isComplete) await write(file, { ...generateSecrets(), ...known }, rename);
}

/** Whole or not at all. */
async function write(file: string, secrets: object, putInPlace: typeof link): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600, flush: true });
    await putInPlace(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The secrets in the text of a file, or undefined where they cannot be used. */
function parseSecrets(text: string): Partial<Record<string, unknown>> | undefined {
  try {
    const secrets = (JSON.parse(text) ?? {}) as Partial<Record<string, unknown>>;
    const isUsable = (name: SecretName) =>
      Object.hasOwn(secrets, name) ? typeof secrets[name] === "string" : addedLater.includes(name);
    return secretNames.every(isUsable) ? secrets : undefined;
  } catch {
    return undefined;
  }
}
