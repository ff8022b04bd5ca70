import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../start-error.ts";

/** SQLite's result code where another connection holds the lock. */
const SQLITE_BUSY = 5;

/**
 * Holds the data directory for this process alone: two starts with one file would each sweep it and each
 * reset it. The lock is the operating system's and goes when the process goes, however it ends; SQLite is
 * what Node carries that can take one.
 *
 * @param path an empty file beside the data, made where it is missing.
 * @returns what lets go of it.
 * @throws StartError where another process holds it, or nobody can.
 */
export function lock(path: string): () => void {
  const holder = take(path);
  return () => {
    if (holder.isOpen) holder.close();
  };
}

/** Whether it is another process that has the directory. */
export function isInUse(error: unknown): boolean {
  return (error as { cause?: { errcode?: unknown } }).cause?.errcode === SQLITE_BUSY;
}

function take(path: string): DatabaseSync {
  try {
    const holder = new DatabaseSync(path);
    holder.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return holder;
  } catch (cause) {
    const { message, errcode } = cause as Error & { errcode?: number };
    throw new StartError(
      errcode === SQLITE_BUSY
        ? `The data in ${dirname(path)} is in use by another npm start: stop that one, or choose another directory with --data`
        : `The data directory ${dirname(path)} cannot be used: ${message}`,
      { cause },
    );
  }
}
