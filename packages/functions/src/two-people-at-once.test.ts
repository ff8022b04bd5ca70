/**
 * A container stays warm and serves one person after the other, and its handler may be asked for the second while the
 * first still waits. Whatever is kept outside of a request would then be the other one's.
 */
import { type Route, type RouteName, routes, type User as View } from "@gatehouse/contract";
import { Session } from "@gatehouse/core/session";
import { User } from "@gatehouse/core/user";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newId } from "../../core/src/id.ts";
import { canonical } from "../../core/src/idempotency/canonical.ts";
import { readProfile } from "../../core/src/user/person.ts";
import { interleaved } from "../../core/test/interleaved.ts";
import { itemsOf, putItem, type StoredItem } from "../../core/test/items.ts";
import { type Answer, call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs } from "../test/outbox.ts";
import { contextOf, newEmail, type Person, password } from "../test/people.ts";
import { newPassword, sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";

// An erasure waits for requests under way. Here their order is what the test says, and no time passes.
vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const stdout = captureStdout();

beforeEach(clearOutbox);

/** Somebody as stored, whose copies all have the one password: it is hashed once. */
let model: { readonly user: View; readonly items: string };
beforeAll(async () => {
  const user = await User.register({ email: newEmail(), password });
  model = { user, items: JSON.stringify(await itemsOf(user.id)) };
});

/** One person's request to a route, and every text by which something can be told to be theirs. */
interface Visit {
  readonly request: Request;
  readonly marks: readonly string[];
}

type Body = (person: Person, wanted: string) => object | Promise<object>;

/** What is sent where the sample would be refused, or would be the same of both. */
const ownBodies: Partial<Record<RouteName, Body>> = {
  register: (_, wanted) => ({ email: wanted, password }),
  verifyEmail: async (person) => ({ token: (await newCode("verify_email", person)).token }),
  undoEmailChange: async (person, wanted) => ({
    token: (await newCode("change_email", person, wanted)).undo,
  }),
  resetPassword: async (person) => {
    const { token } = await newCode("reset_password", person);
    return { token, password: newPassword };
  },
  changeMe: ({ user }) => ({ name: `name of ${user.id}` }),
  changeEmail: (_, wanted) => ({ email: wanted, password }),
  confirmEmail: async (person, wanted) => ({ token: (await newCode("change_email", person, wanted)).token }),
};

async function somebody(sourceIp: string): Promise<Person> {
  const [id, email] = [newId(), newEmail()];
  const items = model.items.replaceAll(model.user.id, id).replaceAll(model.user.email, email);
  for (const item of JSON.parse(items) as StoredItem[]) await putItem(item);
  const profile = (await readProfile(id)) as User.Profile;
  const { user, token, refreshToken } = await Session.open(profile, { sourceIp });
  return { user, email, token, refreshToken, context: await contextOf(token) };
}

let visits = 0;

async function visitTo(route: Route): Promise<Visit> {
  visits += 1;
  const sourceIp = `2001:db8:0:${visits.toString(16)}::1`;
  const person = await somebody(sourceIp);
  const { user, email, context } = person;
  const wanted = newEmail();
  const body = await ownBodies[route.name as RouteName]?.(person, wanted);
  return {
    request: {
      method: route.method,
      path: route.path,
      requestId: `request of ${user.id}`,
      sourceIp,
      userAgent: `agent of ${user.id}`,
      ...sampleOf(route, person),
      ...(body && { body }),
      ...(route.authorizer === "token" && { context }),
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
    for (let steps = 0; steps < 100; steps += 1) {
      const asking = call(handler, one.request);
      for (let step = 0; step < steps; step += 1) await undefined;
      const [second, first] = [await call(handler, other.request), await asking];
      expect([traceOf(first, one), traceOf(second, other)]).toEqual([expected, expected]);
      if (steps % 20 === 0) await expectApart([one, first], [other, second]);
    }
  });
});
