import { afterEach, describe, expect, it, vi } from "vitest";
import { putItem, type StoredItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { logIn } from "../../test/session.ts";
import { config } from "../config.ts";
import { newId } from "../id.ts";
import * as Session from "../session/index.ts";
import { client } from "./client.ts";
import { readTogether } from "./read.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Two items of one partition, and the keys to them. */
async function twoItems(): Promise<readonly [StoredItem, StoredItem]> {
  const pk = `user#${newId()}`;
  const items = [
    { pk, sk: "a", name: "first" },
    { pk, sk: "b", name: "second" },
  ] as const;
  for (const item of items) await putItem(item);
  return items;
}

function keyOf({ pk, sk }: StoredItem) {
  return { pk, sk };
}

/** The table as it answers when it is busy. */
function answering(answer: Record<string, unknown>): void {
  vi.spyOn(client, "call").mockImplementation(async () => answer as never);
}

describe("items read together", () => {
  it("come in the order of their keys, in one consistent request", async () => {
    const [a, b] = await twoItems();
    const requests = await requestsOf(async () => {
      expect(await readTogether(keyOf(a), keyOf(b))).toEqual([a, b]);
    });
    expect(requests).toMatchObject([
      {
        operation: "BatchGetItem",
        input: { RequestItems: { [config().tableName]: { ConsistentRead: true } } },
      },
    ]);
    expect(await readTogether(keyOf(b), keyOf(a))).toEqual([b, a]);
  });

  it("come in the order of their keys whatever the order of the answer (DynamoDB promises none)", async () => {
    const [a, b] = await twoItems();
    answering({ Responses: { [config().tableName]: [b, a] }, UnprocessedKeys: {} });
    expect(await readTogether(keyOf(a), keyOf(b))).toEqual([a, b]);
  });

  it("that are not there are undefined, each in its place", async () => {
    const [a, b] = await twoItems();
    const nothing = { pk: a.pk, sk: "c" };
    expect(await readTogether(nothing, keyOf(b))).toEqual([undefined, b]);
    expect(await readTogether(keyOf(a), nothing)).toEqual([a, undefined]);
    expect(await readTogether(nothing, { pk: a.pk, sk: "d" })).toEqual([undefined, undefined]);
    answering({});
    expect(await readTogether(keyOf(a), keyOf(b))).toEqual([undefined, undefined]);
  });
});

describe("a key that DynamoDB leaves unprocessed", () => {
  it("is an outage and not an absence", async () => {
    const [a, b] = await twoItems();
    const UnprocessedKeys = { [config().tableName]: { Keys: [keyOf(b)] } };
    answering({ Responses: { [config().tableName]: [a] }, UnprocessedKeys });
    expect(await codeOf(readTogether(keyOf(a), keyOf(b)))).toBe("unavailable");
  });

  it("lets nobody in and signs nobody out", async () => {
    const { userId, sessionId } = await logIn();
    const Keys = [{ pk: `user#${userId}`, sk: "profile" }];
    answering({ Responses: {}, UnprocessedKeys: { [config().tableName]: { Keys } } });
    expect(await codeOf(Session.assertLive(userId, sessionId))).toBe("unavailable");
    vi.restoreAllMocks();
    await expect(Session.assertLive(userId, sessionId)).resolves.toBeDefined();
  });
});
