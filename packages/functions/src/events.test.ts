import { EventList } from "@gatehouse/contract";
import * as Event from "@gatehouse/core/event";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { contextOf, newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./events.ts";
import * as login from "./login.ts";
import * as register from "./register.ts";

captureStdout();

const isEventList = new Ajv({ formats: { "date-time": true } }).compile(EventList);

const ask = (context: object, query: Readonly<Record<string, string>> = {}) =>
  call(handler, { method: "GET", path: "/me/events", context: { ...context }, query });

const numbersIn = ({ events }: EventList) => events.map(({ number }) => number);

describe("the record of an account", () => {
  it("tells what happened, the newest first, from where and by which request", async () => {
    const email = newEmail();
    const origin = { sourceIp: "203.0.113.9", userAgent: "phone/1.0" };
    const send = (each: typeof login, requestId: string, word = password) =>
      call(each.handler, { body: { email, password: word }, requestId, ...origin });
    await send(register, "the first");
    await send(login, "the second", "not the password");
    const { body: tokens } = await send(login, "the third");
    const context = await contextOf(tokens.token);

    const { status, body } = await ask(context);
    expect(status).toBe(200);
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const common = { at, ...origin, details: {} };
    const anonymous = { ...common, actor: "anonymous", sessionId: null };
    const { sessionId } = context;
    expect(body).toEqual({
      events: [
        { number: 3, type: "logged_in", ...common, actor: "user", sessionId, requestId: "the third" },
        { number: 2, type: "login_failed", ...anonymous, requestId: "the second" },
        { number: 1, type: "registered", ...anonymous, requestId: "the first" },
      ],
      next: null,
    });
    expect(isEventList(body)).toBe(true);
  });

  it("is one's own alone, and reading it leaves no mark", async () => {
    const [ada, mallory] = [await newPerson(), await newPerson()];
    await Event.record(Event.chainOf(ada.user.id), { type: "refreshed" });
    const before = await readTable();
    expect(numbersIn((await ask(ada.context)).body)).toEqual([3, 2, 1]);
    const { body, text } = await ask(mallory.context);
    expect(numbersIn(body)).toEqual([2, 1]);
    for (const part of [ada.user.id, ada.email, ada.context.sessionId]) expect(text).not.toContain(part);
    expect(await readTable()).toEqual(before);
  });
});

describe("of 51 events", () => {
  const all = Array.from({ length: 51 }, (_, index) => 51 - index);
  let person: Person;
  beforeAll(async () => {
    person = await newPerson();
    // Lies before the events in their partition.
    await newCode("verify_email", person);
    for (let number = 3; number <= all.length; number++)
      await Event.record(Event.chainOf(person.user.id), { type: "refreshed" });
  });

  it.each([
    [{}, all.slice(0, 50), 2],
    [{ limit: "100" }, all, null],
    [{ limit: "1" }, [51], 51],
    [{ before: "51", limit: "1" }, [50], 50],
    [{ before: "3" }, [2, 1], null],
    [{ before: "2", limit: "1" }, [1], null],
    [{ before: "1" }, [], null],
    [{ before: "999999999", limit: "2" }, [51, 50], 50],
  ])("%j is answered the page it asks for", async (query, numbers, next) => {
    const { status, body } = await ask(person.context, query);
    expect([status, numbersIn(body), body.next]).toEqual([200, numbers, next]);
  });

  it.each(["17", "20", "50"])(
    "%s a page, each after the next of the one before, tell each once",
    async (limit) => {
      const told: number[] = [];
      for (let next: number | null | undefined; next !== null; ) {
        const before = next === undefined ? {} : { before: String(next) };
        const { body } = await ask(person.context, { limit, ...before });
        told.push(...numbersIn(body));
        next = body.next;
      }
      expect(told).toEqual(all);
    },
  );
});

describe("a query is refused with the field named and what it should be,", () => {
  let person: Person;
  beforeAll(async () => {
    person = await newPerson();
  });

  const pages = ["", "0", "-1", "+1", "01", "1.5", "1e1", "0x1", "ten", " 1", "1,2", "null"];

  it.each([...pages, "101", "1000"])("where the limit is %j", async (limit) => {
    const { status, body } = await ask(person.context, { limit });
    expect([status, body.code]).toEqual([422, "validation_failed"]);
    expect(body.errors).toEqual([{ pointer: "/limit", message: "should be a number from 1 to 100" }]);
  });

  it.each([...pages, "1000000000"])("where before is %j", async (before) => {
    const { status, body } = await ask(person.context, { before });
    expect([status, body.code]).toEqual([422, "validation_failed"]);
    expect(body.errors).toEqual([
      { pointer: "/before", message: "should be a number: only what is older than it" },
    ]);
  });

  it("where it asks for something else, each by its name", async () => {
    const query = { limit: "0", userId: person.user.id, access_token: person.token };
    const { status, body } = await ask(person.context, query);
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(3);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { pointer: "/limit", message: "should be a number from 1 to 100" },
        { pointer: "/userId", message: "is not a field of this request" },
        { pointer: "/access_token", message: "is not a field of this request" },
      ]),
    );
  });
});
