import { describe, expect, it } from "vitest";
import { deleteItem, itemOf, putItem } from "../../test/items.ts";
import { intercepted } from "../../test/requests.ts";
import { logIn, recordOf, somebody } from "../../test/session.ts";
import * as Session from "../session/index.ts";

/** Somebody whose mark is that of the event before their newest, and a session of theirs. */
async function somebodyBehind() {
  const person = await somebody();
  const [ended, { sessionId }] = [await logIn(person), await logIn(person)];
  const mark = await itemOf(person.userId, "mark");
  expect(await Session.end(person.userId, ended.sessionId)).toBe(true);
  await putItem(mark);
  return { ...person, sessionId };
}

describe("a mark that stayed behind its event", () => {
  it("holds up no later transaction, which brings it along", async () => {
    const person = await somebodyBehind();
    expect(await Session.end(person.userId, person.sessionId)).toBe(true);
    expect(await recordOf(person)).toEqual(["logged_in", "logged_in", "sessions_ended", "sessions_ended"]);
    expect(await itemOf(person.userId, "mark")).toMatchObject({ number: 4 });
  });

  it("is right where that event is gone by the time it is looked for", async () => {
    const person = await somebodyBehind();
    let reads = 0;
    const ended = await intercepted(
      async ({ operation }, send) => {
        if (operation === "GetItem" && ++reads === 2)
          await deleteItem({ pk: `user#${person.userId}`, sk: "event#0000000003" });
        await send();
      },
      () => Session.end(person.userId, person.sessionId),
    );
    expect(ended).toBe(true);
    expect(await recordOf(person)).toEqual(["logged_in", "logged_in", "sessions_ended"]);
    expect(await itemOf(person.userId, "mark")).toMatchObject({ number: 3 });
  });
});
