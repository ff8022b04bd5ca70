import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { logInAgain, newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./end-session.ts";
import * as sessions from "./sessions.ts";

captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
});

const end = ({ context }: Person, sessionId: string) =>
  call(handler, { method: "DELETE", path: `/me/sessions/${sessionId}`, params: { sessionId }, context });

async function idsOf({ context }: Person): Promise<string[]> {
  const { body } = await call(sessions.handler, { method: "GET", context });
  return body.sessions.map(({ id }: { id: string }) => id);
}

describe("ending one session", () => {
  it("ends that one and no other", async () => {
    const [lost, kept] = [await logInAgain(person), await logInAgain(person)];
    expect((await end(person, lost.context.sessionId)).status).toBe(204);
    expect((await idsOf(person)).toSorted()).toEqual(
      [person.context.sessionId, kept.context.sessionId].toSorted(),
    );
  });

  it("may end the one that asks", async () => {
    expect((await end(person, person.context.sessionId)).status).toBe(204);
    expect(await idsOf(person)).toEqual([]);
  });

  it("answers 404 once it has ended", async () => {
    const { context } = await logInAgain(person);
    await end(person, context.sessionId);
    const { status, body } = await end(person, context.sessionId);
    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  it("answers 404 for an id in the same seat, and leaves who sits there", async () => {
    const { sessionId } = person.context;
    const last = sessionId.endsWith("0") ? "1" : "0";
    expect((await end(person, sessionId.slice(0, -1) + last)).status).toBe(404);
    expect(await idsOf(person)).toEqual([sessionId]);
  });

  it.each([
    "",
    "x",
    "00",
    "profile",
    `99${"0".repeat(26)}`,
    `00${"8".repeat(26)}`,
    `00${"i".repeat(26)}`,
    "0".repeat(29),
    "../profile",
    "session#00",
    `00\n${"0".repeat(25)}`,
    "é".repeat(28),
    "__proto__",
    "A".repeat(28),
  ])("answers 404 for %j, and writes nothing", async (id) => {
    const before = await readTable();
    const { status, body } = await end(person, id);
    expect([status, body.code]).toEqual([404, "not_found"]);
    expect(await readTable()).toEqual(before);
  });
});
