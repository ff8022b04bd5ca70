import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ListTablesCommand, PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test, vi } from "vitest";
import { isRunning, untilGone } from "../../test/support/process.ts";
import { createTestTable } from "../../test/support/table.ts";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import type { StartError } from "../start-error.ts";
import { databaseClient } from "./client.ts";
import { type DatabaseOptions, startDatabase } from "./start-database.ts";

async function start(options: DatabaseOptions = {}) {
  const database = await startDatabase(options);
  const client = databaseClient(database.endpoint);
  onTestFinished(async () => {
    client.destroy();
    await database.stop();
  });
  return { database, client };
}

test("it answers as soon as it is started and is gone once it is stopped, open connections or not", async () => {
  const { database, client } = await start();
  expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
  const { pid } = database;
  expect(isRunning(pid)).toBe(true);
  await database.stop();
  expect(isRunning(pid)).toBe(false);
});

test("what was written is there after a restart", async () => {
  const file = join(await temporaryDirectory(), "database");
  const { database } = await start({ file });
  const tableName = await createTestTable(database.endpoint);
  await database.stop();
  const { client } = await start({ file });
  expect((await client.send(new ListTablesCommand())).TableNames).toEqual([tableName]);
});

test("a database that exits by itself runs again on the same port", async () => {
  const onRestart = vi.fn();
  const { database, client } = await start({
    file: join(await temporaryDirectory(), "database"),
    onRestart,
  });
  const tableName = await createTestTable(database.endpoint);
  for (const times of [1, 2, 3]) {
    process.kill(database.pid, "SIGKILL");
    await vi.waitFor(() => expect(onRestart).toHaveBeenCalledTimes(times), { timeout: 10_000 });
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([tableName]);
  }
});

test("one that keeps exiting is given up, and its owner is told", async () => {
  const failed = Promise.withResolvers<StartError>();
  const file = join(await temporaryDirectory(), "database");
  const kill = () => process.kill(database.pid, "SIGKILL");
  const { database } = await start({ file, onRestart: kill, onFailure: failed.resolve });
  kill();
  expect((await failed.promise).message).toBe("The embedded database exited and does not run again");
  expect(isRunning(database.pid)).toBe(false);
});

test("one in memory is not started again, because its tables are gone", async () => {
  const failed = Promise.withResolvers<StartError>();
  const { database } = await start({ onFailure: failed.resolve });
  process.kill(database.pid, "SIGKILL");
  await failed.promise;
  expect(isRunning(database.pid)).toBe(false);
});

test("killing the database while it writes loses nothing that it has acknowledged", async () => {
  const onRestart = vi.fn();
  const { database, client } = await start({
    file: join(await temporaryDirectory(), "database"),
    onRestart,
  });
  const tableName = await createTestTable(database.endpoint);
  const acknowledged = new Set<string>();

  const write = async (writer: number) => {
    for (let item = 0; onRestart.mock.calls.length < 3 || item < 20; item += 1) {
      const id = `${writer}-${item}`;
      const Item = { pk: { S: id }, sk: { S: "item" } };
      const written = await client
        .send(new PutItemCommand({ TableName: tableName, Item }))
        .catch(() => undefined);
      if (written) acknowledged.add(id);
    }
  };
  const kill = async () => {
    for (const times of [0, 1, 2]) {
      const before = acknowledged.size;
      await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before + 50), {
        timeout: 20_000,
        interval: 1,
      });
      process.kill(database.pid, "SIGKILL");
      await vi.waitFor(() => expect(onRestart).toHaveBeenCalledTimes(times + 1), { timeout: 20_000 });
    }
  };
  await Promise.all([kill(), ...Array.from({ length: 16 }, (_, writer) => write(writer))]);

  const stored = new Set<string | undefined>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    for (const item of Items) stored.add(item["pk"]?.S);
  }
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
});

test("it dies with the process that started it, even when that one is killed", async () => {
  const module = JSON.stringify(new URL("./start-database.ts", import.meta.url));
  const script = `const { startDatabase } = await import(${module}); console.log((await startDatabase()).pid);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(parent.stdout.setEncoding("utf8"), "data");
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await untilGone(pid);
});

test("a file that cannot be opened is one clear line", async () => {
  const file = await temporaryDirectory();
  await expect(startDatabase({ file })).rejects.toThrow(
    /^The embedded database did not start: .*unable to open database file.*$/,
  );
});

test("a port that is taken is one clear line", async () => {
  const { database } = await start();
  const port = Number(new URL(database.endpoint).port);
  await expect(startDatabase({ port })).rejects.toThrow(/^The embedded database did not start: .*in use.*$/);
});
