import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { currentRequest, withRequest } from "./context.ts";

it("two requests under way at a time never see each other's", async () => {
  const seen = async (requestId: string, pauses: readonly number[]) => {
    const ids: string[] = [];
    await withRequest({ requestId, sourceIp: "192.0.2.1" }, async () => {
      for (const pause of pauses) {
        await sleep(pause);
        ids.push(currentRequest().requestId);
      }
    });
    return ids;
  };
  const [a, b] = await Promise.all([seen("a", [1, 2, 3, 1]), seen("b", [2, 1, 1, 4])]);
  expect([a, b]).toEqual([Array(4).fill("a"), Array(4).fill("b")]);
});

it("what no request leads to comes from one unknown source", () => {
  expect(currentRequest()).toEqual({ requestId: "none", sourceIp: "unknown" });
});
