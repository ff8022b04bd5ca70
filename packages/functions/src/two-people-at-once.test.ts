/**
 * A container stays warm and serves one person after the other, and its handler may be asked for the second while the
 * first still waits. Whatever is kept outside of a request would then be the other one's.
 */
import { type Route, routes } from "@gatehouse/contract";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { canonical } from "../../core/src/canonical.ts";
import { interleaved } from "../../core/test/interleaved.ts";
import { type Answer, call } from "../test/call.ts";
import { oneOfMany } from "../test/crowd.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs } from "../test/outbox.ts";
import { newEmail } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { wholeRequest } from "../test/whole-request.ts";

// An erasure waits for requests under way. Here their order is what the test says, and no time passes.
vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const stdout = captureStdout();

beforeEach(clearOutbox);

/** One person's request to a route, and every text by which something can be told to be theirs. */
interface Visit {
  readonly request: Request;
  readonly marks: readonly string[];
}

let visits = 0;

async function visitTo(route: Route): Promise<Visit> {
  visits += 1;
  const sourceIp = `2001:db8:0:${visits.toString(16)}::1`;
  const person = await oneOfMany(sourceIp);
  const { user, email, context } = person;
  const wanted = newEmail();
  return {
    request: {
      ...(await wholeRequest(route, person, wanted)),
      ...(route.name === "changeMe" && { body: { name: `name of ${user.id}` } }),
      requestId: `request of ${user.id}`,
      sourceIp,
      userAgent: `agent of ${user.id}`,
    },
    marks: [user.id, email, wanted, context.sessionId, sourceIp],
  };
}

/** An answer without what is of this person, this run or this moment. */
function traceOf({ status, headers, cookies, body }: Answer, { marks }: Visit): string {
  const told = canonical({ headers, cookies, body: body ?? null });
  const neutral = marks
    .reduce((left, mark) => left.replaceAll(mark, "OWN"), told)
    .replaceAll(/"(\w*[tT]oken|\w*[iI]d)":"[^"]+"/g, '"$1":"ID"')
    .replaceAll(/"(hash|previous)":"[0-9a-f]{64}"/g, '"$1":"HASH"')
    .replaceAll(/"shard":\d+/g, '"shard":"NUMBER"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\d{2,}/g, "NUMBER");
  return `${status} ${neutral}`;
}

/** Nothing that was answered, logged, queued or stored speaks of both. */
async function expectApart(one: readonly [Visit, Answer], other: readonly [Visit, Answer]): Promise<void> {
  const answers = [one, other].map(([{ request }, answer]) => request.requestId + JSON.stringify(answer));
  const kept = [...(await readTable()), ...jobs()].map((each) => JSON.stringify(each));
  const texts = [...answers, ...stdout.text().split("\n"), ...kept];
  const mentions = (text: string, [{ marks }]: readonly [Visit, Answer]) =>
    marks.some((mark) => text.includes(mark));
  for (const each of [one, other]) expect(texts.some((text) => mentions(text, each))).toBe(true);
  expect(texts.filter((text) => mentions(text, one) && mentions(text, other))).toEqual([]);
}

/** Every route that has to do with somebody. */
const personal = Object.values<Route>(routes).filter(
  ({ name, cacheSeconds }) => cacheSeconds === undefined && name !== "health",
);

const named = (some: readonly Route[]) =>
  some.map((route) => [`${route.method} ${route.path}`, route] as const);

describe.each(named(personal))("%s answers each as if alone", (_, route) => {
  it("where the second comes while the first waits for the table, whichever of its requests that is", async () => {
    const handler = await handlerOf(route.name);
    const alone = await visitTo(route);
    const expected = traceOf(await call(handler, alone.request), alone);
    for (let at = 0, met = true; met; at += 1) {
      const [one, other] = [await visitTo(route), await visitTo(route)];
      const answers: Answer[] = [];
      const ask = async ({ request }: Visit, turn: 0 | 1) => {
        answers[turn] = await call(handler, request);
      };
      ({ met } = await interleaved(
        at,
        () => ask(one, 0),
        () => ask(other, 1),
      ));
      const [first, second] = answers as [Answer, Answer];
      expect([traceOf(first, one), traceOf(second, other)]).toEqual([expected, expected]);
      await expectApart([one, first], [other, second]);
    }
  });
});

/** Those that may be asked again and again. */
const repeatable = personal.filter(({ name, method }) => method === "GET" || name === "changeMe");

describe.each(named(repeatable))("%s answers each as if alone", (_, route) => {
  it("where the second comes at any step that the first takes before it waits", async () => {
    const handler = await handlerOf(route.name);
    const [one, other] = [await visitTo(route), await visitTo(route)];
    const expected = traceOf(await call(handler, one.request), one);
    for (let steps = 0; steps < 60; steps += 1) {
      const asking = call(handler, one.request);
      for (let step = 0; step < steps; step += 1) await undefined;
      const [second, first] = [await call(handler, other.request), await asking];
      expect([traceOf(first, one), traceOf(second, other)]).toEqual([expected, expected]);
      if (steps % 20 === 0) await expectApart([one, first], [other, second]);
    }
  });
});
