import { describe, expect, it } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { deleteItem, itemOf, itemsOf } from "../../test/items.ts";
import { intercepted } from "../../test/requests.ts";
import { withTestUser } from "../../test/user.ts";
import * as User from "../user/index.ts";
import * as Event from "./index.ts";
import { MarkEntity } from "./index.ts";

/** The events of a person in their order, as the table has them. */
async function recordOf(userId: string) {
  const items = (await itemsOf(userId)).filter(({ sk }) => sk.startsWith("event#"));
  return items.toSorted((a, b) => Number(a["number"]) - Number(b["number"]));
}

/** As a function leaves it that ends after an event and before its mark. */
async function leaveMarkBehind(userId: string): Promise<void> {
  await MarkEntity.delete({ chain: Event.chainOf(userId) }).go();
}

describe("where the place of what is recorded in a transaction is taken", () => {
  it("by another event meanwhile, it goes after that", async () => {
    await withTestUser("meanwhile", async ({ id, email }) => {
      // Login and mark have been read.
      const { met, first } = await interleaved(
        2,
        () => User.setStatus(email, "disabled"),
        () => Event.record(Event.chainOf(id), { type: "refreshed" }),
      );
      expect([met, first.status]).toEqual([true, "fulfilled"]);
      const types = (await recordOf(id)).map(({ type }) => type);
      expect(types).toEqual(["registered", "refreshed", "disabled"]);
    });
  });

  it("because the mark stayed behind, it goes after the newest event and brings the mark along", async () => {
    await withTestUser("behind", async ({ id, email }) => {
      await leaveMarkBehind(id);
      await User.setStatus(email, "disabled");
      const [first, second, ...more] = await recordOf(id);
      expect([first?.["type"], second?.["type"], more]).toEqual(["registered", "disabled", []]);
      expect(second).toMatchObject({ number: 2, previous: first?.["hash"] });
      const { data: mark } = await MarkEntity.get({ chain: Event.chainOf(id) }).go({ consistent: true });
      expect(mark).toMatchObject({ number: 2, hash: second?.["hash"] });
    });
  });

  it("by an event that is gone by the time it is looked for, it goes there", async () => {
    await withTestUser("gone", async ({ id, email }) => {
      await leaveMarkBehind(id);
      const first = await itemOf(id, "event#0000000001");
      await intercepted(
        async ({ operation, input }, send) => {
          if (operation === "GetItem" && JSON.stringify(input).includes(first.sk)) await deleteItem(first);
          await send();
        },
        () => User.setStatus(email, "disabled"),
      );
      expect(await recordOf(id)).toMatchObject([{ number: 1, type: "disabled" }]);
    });
  });
});
