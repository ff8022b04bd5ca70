import { open, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { assertIntact } from "./intact.ts";

const oneLine = /^The data file .* is damaged or is no database: .*--reset.*$/;

async function dataFile(): Promise<string> {
  const file = join(await temporaryDirectory(), "data");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE items (id TEXT PRIMARY KEY, text TEXT)");
  const insert = database.prepare("INSERT INTO items VALUES (?, ?)");
  for (let id = 0; id < 100; id += 1) insert.run(String(id), "text".repeat(100));
  database.close();
  return file;
}

test("a whole file and a missing one pass", async () => {
  const file = await dataFile();
  assertIntact(file);
  assertIntact(`${file}-that-is-not-there`);
});

test("a file that is no database is refused", async () => {
  const file = await dataFile();
  await writeFile(file, "these are notes, not a database\n".repeat(500));
  expect(() => assertIntact(file)).toThrow(oneLine);
});

test("a file that was cut short is refused", async () => {
  const file = await dataFile();
  await truncate(file, 4096 * 3);
  expect(() => assertIntact(file)).toThrow(oneLine);
});

test("a file with a page of rubbish is refused", async () => {
  const file = await dataFile();
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, 4096 * 3);
  await handle.close();
  expect(() => assertIntact(file)).toThrow(oneLine);
});
