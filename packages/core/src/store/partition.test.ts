import { describe, expect, it, vi } from "vitest";
import { itemsOf, putItem, readTable, type StoredItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { newId } from "../id.ts";
import { client } from "./client.ts";
import { deleteItems, readPartition } from "./partition.ts";

/** Puts as many items into a partition of their own, each with this much text in it. */
async function fill(count: number, text = ""): Promise<string> {
  const userId = newId();
  const items = Array.from({ length: count }, (_, number) => ({
    pk: `user#${userId}`,
    sk: `event#${String(number).padStart(4, "0")}`,
    userId,
    text,
  }));
  await Promise.all(items.map(putItem));
  return userId;
}

async function read(userId: string): Promise<readonly StoredItem[]> {
  return (await readPartition(`user#${userId}`)) as readonly StoredItem[];
}

describe("a partition", () => {
  it("is read whole, with its keys and of whatever entity", async () => {
    const userId = await fill(3);
    await putItem({ pk: `user#${userId}`, sk: "profile", userId, __edb_e__: "user" });
    expect(await read(userId)).toEqual(await itemsOf(userId));
    expect(await read(userId)).toHaveLength(4);
  });

  it("is read page after page where it is larger than one", async () => {
    const userId = await fill(5, "x".repeat(300_000));
    const requests = await requestsOf(async () => {
      expect((await read(userId)).map(({ sk }) => sk)).toEqual(
        [0, 1, 2, 3, 4].map((number) => `event#000${number}`),
      );
    });
    expect(requests.length).toBeGreaterThan(1);
    for (const request of requests)
      expect(request).toMatchObject({ operation: "Query", input: { ConsistentRead: true } });
    await deleteItems(await read(userId));
  });

  it("is read to its end over a page that is empty and not the last", async () => {
    const userId = await fill(2);
    const page = { LastEvaluatedKey: { pk: `user#${userId}`, sk: "event#0000" } };
    vi.spyOn(client, "call").mockImplementationOnce(async () => page as never);
    expect((await read(userId)).map(({ sk }) => sk)).toEqual(["event#0001"]);
    vi.restoreAllMocks();
  });

  it("of nobody is empty", async () => {
    expect(await read(newId())).toEqual([]);
  });

  it("whose key begins alike is another", async () => {
    const userId = await fill(1);
    expect(await readPartition(`user#${userId.slice(0, -1)}`)).toEqual([]);
    expect(await readPartition("user#")).toEqual([]);
  });
});

describe("items are deleted", () => {
  it("all of them and no other", async () => {
    const [mine, theirs] = await Promise.all([fill(200), fill(1)]);
    await deleteItems(await read(mine));
    expect(await itemsOf(mine)).toEqual([]);
    expect(await itemsOf(theirs)).toHaveLength(1);
  });

  it("whether or not they are still there", async () => {
    const items = await read(await fill(2));
    await deleteItems(items);
    const before = await readTable();
    await deleteItems(items);
    expect(await readTable()).toEqual(before);
  });

  it("not at all while the table is down", async () => {
    const userId = await fill(1);
    const items = await read(userId);
    const down: Interceptor = () =>
      Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
    expect(await codeOf(intercepted(down, () => deleteItems(items)))).toBe("unavailable");
    expect(await itemsOf(userId)).toHaveLength(1);
  });
});
