import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../test/support/temporary-directory.ts";
import { openDataDirectory } from "./data-directory.ts";
import { StartError } from "./start-error.ts";

async function open(path: string, options?: { reset: boolean }) {
  const data = await openDataDirectory(path, options);
  onTestFinished(data.close);
  return data;
}

test("it is made where it is missing, for its owner only", async () => {
  const path = join(await temporaryDirectory(), "deep", ".data");
  await open(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test("one that others could read is not used, and stays as it is", async () => {
  const path = await temporaryDirectory();
  await chmod(path, 0o755);
  await expect(open(path)).rejects.toThrow(/is open to others: chmod 700 it, or choose another with --data$/);
  expect((await stat(path)).mode & 0o777).toBe(0o755);
  expect(await readdir(path)).toEqual([]);
});

test("only one may use it at a time", async () => {
  const path = await temporaryDirectory();
  const first = await open(path);
  await expect(open(path)).rejects.toThrow(StartError);
  await expect(open(path, { reset: true })).rejects.toThrow(/^The data .* is in use by another npm start.*$/);
  first.close();
  await open(path);
});

test("a reset deletes the database and the secrets and nothing else", async () => {
  const path = await temporaryDirectory();
  const { databaseFile, secretsFile, close } = await open(path);
  close();
  const files = [
    databaseFile,
    `${databaseFile}-wal`,
    `${databaseFile}-shm`,
    secretsFile,
    join(path, "notes"),
  ];
  await Promise.all(files.map((file) => writeFile(file, "")));
  await open(path, { reset: true });
  expect((await readdir(path)).sort()).toEqual(["lock", "notes"]);
});

test("a directory without room for the lock is one clear line", async () => {
  const path = await temporaryDirectory();
  await mkdir(join(path, "lock"));
  await expect(open(path)).rejects.toThrow(/^The data directory .* cannot be used: .*$/);
});

test("a path that cannot be a directory is one clear line", async () => {
  const file = join(await temporaryDirectory(), "file");
  await writeFile(file, "");
  await expect(open(join(file, "below"))).rejects.toThrow(/^The data directory .* cannot be used: .*$/);
});
