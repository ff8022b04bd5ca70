import { describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { logInAgain, newPerson, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { deleteItem, readTable } from "../test/table.ts";
import { handler } from "./export-me.ts";

const stdout = captureStdout();

const ask = (context: object) =>
  call(handler, { method: "GET", path: "/me/export", context: { ...context } });

describe("an export of oneself", () => {
  it("has profile, log-in, every session, every code and every event, and making it changes nothing", async () => {
    const person = await newPerson();
    const elsewhere = await logInAgain(person);
    await newCode("reset_password", person);
    const before = await readTable();
    const { status, body } = await ask(person.context);
    expect(status).toBe(200);
    expect(body.exportedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(Object.keys(body)).toEqual([
      "exportedAt",
      "user",
      "login",
      "sessions",
      "codes",
      "events",
      "eventMarks",
    ]);
    expect([body.user.userId, body.login.email]).toEqual([person.user.id, person.email]);
    const sessionIds = body.sessions.map(({ sessionId }: { sessionId: string }) => sessionId);
    expect(sessionIds.toSorted()).toEqual([person.context.sessionId, elsewhere.context.sessionId].toSorted());
    expect(body.codes).toMatchObject([{ purpose: "reset_password", email: person.email }]);
    const types = body.events.map(({ type }: { type: string }) => type);
    expect(types).toEqual(["registered", "logged_in", "logged_in"]);
    expect(body.eventMarks[0]).toMatchObject({ number: 3, hash: body.events[2].hash });
    expect(await readTable()).toEqual(before);
  });

  it("has no hash, no token, nothing a code is made from, and no key of the table", async () => {
    const person = await newPerson();
    const code = await newCode("verify_email", person);
    const items = (await readTable()).filter(({ userId }) => userId?.["S"] === person.user.id);
    const stored = items.flatMap(({ nonce, passwordHash }) => [nonce?.["S"], passwordHash?.["S"]]);
    const { text } = await ask(person.context);
    const secrets = [
      ...stored,
      code.token,
      code.undo,
      code.digits,
      person.token,
      person.refreshToken,
      password,
    ];
    expect(secrets.filter(Boolean)).toHaveLength(8);
    for (const secret of secrets.filter((value) => value !== undefined)) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/"(?:pk|sk|gsi1pk|gsi1sk|__edb_[ev]__)"/);
  });

  it("is kept by nobody on the way, and told to no log", async () => {
    const person = await newPerson();
    const { headers } = await ask(person.context);
    expect(headers["cache-control"]).toBe("no-store");
    expect(stdout.text()).not.toContain(person.email);
  });

  it("of a person who is gone is refused as their token is", async () => {
    const { user, context } = await newPerson();
    await deleteItem(`user#${user.id}`, "profile");
    const { status, body } = await ask(context);
    expect([status, body.code]).toEqual([401, "invalid_token"]);
  });
});
