/** What an Idempotency-Key is good for when things go wrong, and whose it is. */
import { randomUUID } from "node:crypto";
import { type Route, routes } from "@gatehouse/contract";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { call } from "../test/call.ts";
import { loseAnswers } from "../test/dynamodb-requests.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, failNext, jobs } from "../test/outbox.ts";
import { newEmail, newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readPeople } from "../test/table.ts";

captureStdout();

let person: Person;
let key: string;
beforeEach(async () => {
  person = await newPerson();
  key = randomUUID();
  clearOutbox();
});

async function send(route: Route, { body }: { body: object }, idempotencyKey?: string, { context } = person) {
  const headers = { "idempotency-key": idempotencyKey };
  return call(await handlerOf(route.name), { headers, context, body });
}

it("an answer is remembered a day to the second, and then the key is a new one", async () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  vi.useFakeTimers({ toFake: ["Date"], now });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const body = { email: person.email };
  for (const [seconds, times] of [
    [0, 1],
    [86_399, 0],
    [86_400, 1],
  ] as const) {
    vi.setSystemTime(now + seconds * 1000);
    expect((await send(routes.forgotPassword, { body }, key)).status).toBe(202);
    expect(jobs()).toHaveLength(times);
  }
});

it("one key on two routes is two keys", async () => {
  const body = { email: person.email };
  await send(routes.forgotPassword, { body }, key);
  await send(routes.requestEmailVerification, { body }, key);
  expect(jobs().map(({ kind }) => kind)).toEqual(["reset_password", "verify_email"]);
});

it("one key of two people is two keys", async () => {
  const body = { email: newEmail(), password };
  const other = await newPerson();
  for (const who of [person, other]) {
    expect((await send(routes.changeEmail, { body }, key, who)).status).toBe(202);
  }
  expect(jobs().map(({ userId }) => userId)).toEqual([person.user.id, other.user.id]);
});

it("a wrong password once more is no answer to keep: the right one may follow with the same key", async () => {
  const email = newEmail();
  const wrong = await send(routes.changeEmail, { body: { email, password: "not the password" } }, key);
  expect(wrong.body.code).toBe("wrong_password");
  expect((await send(routes.changeEmail, { body: { email, password } }, key)).status).toBe(202);
});

it("a queue that took nothing is asked again by the next try with the same key", async () => {
  const body = { email: person.email };
  failNext(2, "queue");
  expect((await send(routes.forgotPassword, { body }, key)).status).toBe(503);
  expect((await send(routes.forgotPassword, { body }, key)).status).toBe(202);
  expect(jobs()).toHaveLength(1);
});

describe.each([routes.requestEmailVerification, routes.forgotPassword, routes.changeEmail])(
  "$name, whose job was queued while the answer was lost",
  (route) => {
    it("queues that job once more for the same key, and another one for another key", async () => {
      const body = { email: newEmail(), ...(route === routes.changeEmail && { password }) };
      // Two tries of the SDK are one of ours.
      failNext(2, "queue", "lost");
      expect((await send(route, { body }, key)).status).toBe(503);
      const lost = jobs();
      expect(lost.length).toBeGreaterThan(0);
      expect((await send(route, { body }, key)).status).toBe(202);
      const [again, ...more] = jobs();
      expect(more).toEqual([]);
      for (const job of lost) expect(job).toEqual(again);
      await send(route, { body }, randomUUID());
      expect(jobs()[0]?.["id"]).not.toBe(again?.["id"]);
    });
  },
);

describe("an account that was written while its answer was lost", () => {
  const lose = async (body: object, withKey?: string) => {
    loseAnswers(3, "TransactWriteItems");
    const { status, headers } = await send(routes.register, { body }, withKey);
    expect([status, headers["retry-after"]]).toEqual([503, "1"]);
  };

  it("is the answer of the next try with the same key, and is mailed", async () => {
    const body = { email: newEmail(), password, name: "Ada" };
    await lose(body, key);
    const again = await send(routes.register, { body }, key);
    expect(again.status).toBe(201);
    const stored = (await readPeople()).filter(({ email }) => email?.["S"] === body.email);
    expect(stored).toHaveLength(2);
    for (const { userId } of stored) expect(userId?.["S"]).toBe(again.body.id);
    expect(jobs()).toMatchObject([{ id: again.body.id, kind: "registered", userId: again.body.id }]);
    expect((await send(routes.register, { body }, key)).text).toBe(again.text);
  });

  it("is taken for a try without the key, with another one, or with another password", async () => {
    const body = { email: newEmail(), password };
    await lose(body, key);
    expect((await send(routes.register, { body })).body.code).toBe("email_taken");
    expect((await send(routes.register, { body }, randomUUID())).body.code).toBe("email_taken");
    const other = await send(routes.register, { body: { ...body, password: "another good phrase" } }, key);
    expect(other.body.code).toBe("idempotency_key_reused");
  });
});
