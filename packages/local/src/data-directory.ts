import { mkdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lock } from "./database/lock.ts";
import { StartError } from "./start-error.ts";

export interface DataDirectory {
  readonly databaseFile: string;
  readonly secretsFile: string;
  /** Says where the database answers while a house runs. */
  readonly addressFile: string;
  /** Whether anything is stored already. */
  readonly hasData: boolean;
  /** Lets another process use it. */
  close(): void;
}

/**
 * Opens the directory that holds all that outlives a start, for this process alone, and makes it where it is
 * missing: readable by its owner only, because the private keys are in it.
 *
 * @param options.reset deletes the database and the secrets first.
 * @throws StartError where it cannot be made, others may read it, or another process uses it.
 */
export async function openDataDirectory(
  path: string,
  { reset = false }: { reset?: boolean } = {},
): Promise<DataDirectory> {
  const directory = resolve(path);
  const databaseFile = join(directory, "gatehouse.db");
  const secretsFile = join(directory, "secrets.json");
  const addressFile = join(directory, "database.url");
  let isOpenToOthers: boolean;
  try {
    const made = await mkdir(directory, { recursive: true, mode: 0o700 });
    isOpenToOthers = made === undefined && ((await stat(directory)).mode & 0o077) !== 0;
  } catch (cause) {
    throw new StartError(`The data directory ${directory} cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
  if (isOpenToOthers) {
    throw new StartError(
      `The data directory ${directory} is open to others: chmod 700 it, or choose another with --data`,
    );
  }
  const close = lock(join(directory, "lock"));
  if (reset) {
    const files = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, secretsFile];
    await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
  }
  const size = await stat(databaseFile).then(
    (file) => file.size,
    () => 0,
  );
  return { databaseFile, secretsFile, addressFile, hasData: size > 0, close };
}
