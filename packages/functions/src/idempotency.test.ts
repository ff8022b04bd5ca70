/** The header Idempotency-Key, on every route whose contract honours it and on those that do not. */
import { randomUUID } from "node:crypto";
import { type Route, routes } from "@gatehouse/contract";
import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, call } from "../test/call.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs } from "../test/outbox.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { type AnySample, sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readPeople, readTable } from "../test/table.ts";

captureStdout();

let person: Person;
let key: string;
beforeEach(async () => {
  person = await newPerson();
  key = randomUUID();
  clearOutbox();
});

const all = Object.values<Route>(routes);
const honouring = all.filter(({ idempotent }) => idempotent);

/** Sends a sample with this key, or without one. */
async function sendTo(route: Route, sample: AnySample | string, idempotencyKey?: string, by = person) {
  const { method, path } = route;
  const headers = { "idempotency-key": idempotencyKey };
  const sent = typeof sample === "string" ? { body: sample } : sample;
  return call(await handlerOf(route.name), { method, path, headers, context: by.context, ...sent });
}

/** What is remembered of operations. */
async function remembered(): Promise<Item[]> {
  return (await readTable()).filter(({ pk }) => String(pk?.["S"]).startsWith("idempotency#"));
}

/** Profile, log-in, the event and the mark of the record that begins with it. */
const registered = 4;

const seen = ({ status, headers, cookies, text }: Answer) => ({ status, headers, cookies, text });

it("the routes that honour a key are those that have mail sent", () => {
  expect(honouring.map(({ name }) => name)).toEqual([
    "register",
    "requestEmailVerification",
    "forgotPassword",
    "changeEmail",
  ]);
});

describe.each(honouring.map((route) => [route.name, route] as const))("%s with a key", (name, route) => {
  it("sent again, with its members in any order, gets the same answer byte for byte, and happens once", async () => {
    const { body = {} } = sampleOf(route, person);
    const before = await readPeople();
    const first = await sendTo(route, { body }, key);
    expect(first.status).toBe(route.answer.status);
    const after = await readPeople();
    expect(after).toHaveLength(before.length + (name === "register" ? registered : 0));
    const reversed = Object.fromEntries(Object.entries(body).toReversed());
    for (const again of [{ body }, { body: reversed }, JSON.stringify(body, null, 2)]) {
      expect(seen(await sendTo(route, again, key))).toEqual(seen(first));
    }
    expect(jobs()).toHaveLength(1);
    expect(await readPeople()).toEqual(after);
  });

  it("and another body answers 422 and does nothing", async () => {
    const { body = {} } = sampleOf(route, person);
    await sendTo(route, { body }, key);
    const before = await readTable();
    for (const other of [
      { ...body, email: newEmail() },
      { ...body, email: person.email.toUpperCase() },
    ]) {
      const { status, body: problem } = await sendTo(route, { body: other }, key);
      expect([status, problem.code]).toEqual([422, "idempotency_key_reused"]);
    }
    expect(jobs()).toHaveLength(1);
    expect(await readTable()).toEqual(before);
  });

  it("sent twenty times at once happens once: each gets the answer, or is told to wait for it", async () => {
    const sample = sampleOf(route, person);
    const before = await readPeople();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendTo(route, sample, key)));
    const done = answers.filter(({ status }) => status === route.answer.status);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    for (const { status, headers, body } of answers.filter((answer) => !done.includes(answer))) {
      expect([status, body.code, headers["retry-after"]]).toEqual([409, "request_in_progress", "1"]);
    }
    expect(jobs()).toHaveLength(1);
    expect(await readPeople()).toHaveLength(before.length + (name === "register" ? registered : 0));
    expect((await sendTo(route, sample, key)).text).toBe(done[0]?.text);
    expect(jobs()).toEqual([]);
  });

  it.each([
    ["no key at all", ""],
    ["a space", "a b"],
    ["a line break", "a\nb"],
    ["a letter beyond ASCII", "schlüssel"],
    ["a NUL", "a\0"],
    ["256 characters", "k".repeat(256)],
    ["spaces around it", " key "],
  ])("that is %s answers 400 and does nothing", async (_what, bad) => {
    const before = await readTable();
    const { status, body } = await sendTo(route, sampleOf(route, person), bad);
    expect([status, body.code]).toEqual([400, "invalid_idempotency_key"]);
    expect(jobs()).toEqual([]);
    expect(await readTable()).toEqual(before);
  });

  it.each(["k".repeat(255), '"quoted"', "__proto__", "a|b|c", "#{}~!"])("may be %s", async (good) => {
    const sample = sampleOf(route, person);
    const { status, text } = await sendTo(route, sample, good);
    expect([status, (await sendTo(route, sample, good)).text]).toEqual([route.answer.status, text]);
  });

  it("that was refused for its body may be sent again with a better one", async () => {
    const { body = {} } = sampleOf(route, person);
    expect((await sendTo(route, { body: { ...body, email: "nobody" } }, key)).status).toBe(422);
    expect((await sendTo(route, { body }, key)).status).toBe(route.answer.status);
  });

  it("is not needed: without one every request is another", async () => {
    const { body = {} } = sampleOf(route, person);
    const before = await remembered();
    const answers = [await sendTo(route, { body }), await sendTo(route, { body })];
    const again = name === "register" ? 409 : 202;
    expect(answers.map(({ status }) => status)).toEqual([route.answer.status, again]);
    expect(jobs()).toHaveLength(name === "register" ? 1 : 2);
    expect(await remembered()).toEqual(before);
  });

  it("leaves nothing readable of the key, the body or the answer in the table", async () => {
    const { body = {} } = sampleOf(route, person);
    await sendTo(route, { body }, key);
    const kept = await remembered();
    expect(kept.length).toBeGreaterThan(0);
    for (const text of [key, person.user.id, person.email, password, "@example.com", "ACCEPTED"])
      expect(JSON.stringify(kept)).not.toContain(text);
  });
});

describe("a route that does not honour a key", () => {
  // The last one leaves nobody to ask for the others.
  const others = all.filter(({ idempotent, name }) => !idempotent && name !== "deleteMe");

  it.each(others.map((route) => [route.name, route] as const))("%s looks at none", async (_name, route) => {
    const sample = sampleOf(route, person);
    const before = await remembered();
    for (const sent of ["", "a b", key, key]) {
      const { body } = await sendTo(route, sample, sent);
      expect(body?.code ?? "").not.toMatch(/idempotency|in_progress/);
    }
    expect(await remembered()).toEqual(before);
  });
});
