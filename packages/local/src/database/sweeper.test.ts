import { DeleteItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeEach, expect, inject, onTestFinished, test, vi } from "vitest";
import { createTestTable } from "../../test/support/table.ts";
import { databaseClient } from "./client.ts";
import { startSweeper, sweep } from "./sweeper.ts";

const endpoint = inject("databaseEndpoint");
const hour = 3600;
/** Writes past what a test puts in the way of `client`. */
const writer = databaseClient(endpoint);
let client = databaseClient(endpoint);
let TableName: string;

beforeEach(async () => {
  client = databaseClient(endpoint);
  TableName = await createTestTable(endpoint);
});
afterEach(() => client.destroy());
afterAll(() => writer.destroy());

/** Stores an item that expires that many seconds from now, or never. */
async function put(id: string, seconds?: number): Promise<void> {
  const ttl = seconds === undefined ? {} : { ttl: { N: String(Math.floor(Date.now() / 1000) + seconds) } };
  const command = new PutItemCommand({ TableName, Item: { pk: { S: id }, sk: { S: "session" }, ...ttl } });
  await writer.send(command);
}

async function ids(): Promise<(string | undefined)[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map((item) => item["pk"]?.S).sort();
}

test("an item whose time has passed is deleted; one with time left, or without an end, stays", async () => {
  await Promise.all([put("expired", -1), put("long expired", -hour), put("live", hour), put("endless")]);
  expect(await sweep(client, TableName)).toBe(2);
  expect(await ids()).toEqual(["endless", "live"]);
});

test("an item that is renewed between the look and the deletion survives", async () => {
  await Promise.all([put("renewed", -1), put("expired", -1)]);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === DeleteItemCommand.name) await put("renewed", hour);
      return next(args);
    },
    { step: "initialize" },
  );
  expect(await sweep(client, TableName)).toBe(1);
  expect(await ids()).toEqual(["renewed"]);
});

test("the sweeper goes on after a sweep that failed, until it is stopped", async () => {
  await put("expired", -1);
  let failures = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      failures += 1;
      return failures <= 2 ? Promise.reject(new Error("down")) : next(args);
    },
    { step: "initialize" },
  );
  const stop = startSweeper(client, TableName, 0.01);
  onTestFinished(stop);
  await vi.waitFor(async () => expect(await ids()).toEqual([]), { timeout: 10_000 });
  expect(failures).toBeGreaterThan(2);
  stop();
});
