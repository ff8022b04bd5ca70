import { chmod, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lock } from "./database/lock.ts";
import { StartError } from "./start-error.ts";

export interface DataDirectory {
  readonly databaseFile: string;
  readonly secretsFile: string;
  /** Lets another process use it. */
  close(): void;
}

/**
 * Opens the directory that holds all that outlives a start, for this process alone, and makes it where it is
 * missing: readable by its owner only, because the private keys are in it.
 *
 * @param options.reset deletes the database and the secrets first.
 * @throws StartError where it cannot be made or another process uses it.
 */
export async function openDataDirectory(
  path: string,
  { reset = false }: { reset?: boolean } = {},
): Promise<DataDirectory> {
  const directory = resolve(path);
  const databaseFile = join(directory, "gatehouse.db");
  const secretsFile = join(directory, "secrets.json");
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
  } catch (cause) {
    throw new StartError(`The data directory ${directory} cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
  const close = lock(join(directory, "lock"));
  if (reset) {
    const files = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, secretsFile];
    await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
  }
  return { databaseFile, secretsFile, close };
}
