import { afterEach, expect, it } from "vitest";
import { watched, watchers } from "./tries.ts";

afterEach(() => {
  watchers.length = 0;
});

const attempt = { operation: "GetItem", input: {} };

it("a try passes all watchers, the first of them outermost", async () => {
  const seen: string[] = [];
  for (const name of ["outer", "inner"])
    watchers.push(async ({ operation }, send) => {
      seen.push(`${name} ${operation}`);
      await send();
    });
  expect(await watched(attempt, async () => "an answer")).toBe("an answer");
  expect(seen).toEqual(["outer GetItem", "inner GetItem"]);
});

it("a watcher that neither sends nor throws is a mistake", async () => {
  watchers.push(async () => {});
  await expect(watched(attempt, async () => "an answer")).rejects.toThrow("must send or throw");
});
