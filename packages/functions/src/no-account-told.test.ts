/**
 * Nobody learns from an answer whether an address has an account: status, headers and body are the same for every
 * kind of address, and so is what is asked of the table and put on the queue.
 */
import { forgetConfig } from "@gatehouse/core/config";
import * as User from "@gatehouse/core/user";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { newCode, wrong } from "../test/codes.ts";
import { recordRequests } from "../test/dynamodb-requests.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs } from "../test/outbox.ts";
import { newEmail, newPerson, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";

captureStdout();

const requests = recordRequests();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

/** Addresses of every kind. */
const kinds: Readonly<Record<string, () => Promise<string>>> = {
  unknown: async () => newEmail(),
  unverified: async () => (await newPerson()).email,
  verified: async () => {
    const person = await newPerson();
    const { token } = await newCode("verify_email", person);
    expect((await call(await handlerOf("verifyEmail"), { body: { token } })).status).toBe(200);
    return person.email;
  },
  disabled: async () => {
    const { email } = await newPerson();
    await User.setStatus(email, "disabled");
    return email;
  },
  deleted: async () => {
    const { email, context } = await newPerson();
    const answer = await call(await handlerOf("deleteMe"), { body: { password }, context });
    expect(answer.status).toBe(200);
    return email;
  },
};

/** One of each, made before a test sets its stage: where accounts are concealed not everybody could log in. */
let addresses: Record<string, string>;
beforeEach(async () => {
  addresses = {};
  for (const [kind, make] of Object.entries(kinds)) addresses[kind] = await make();
  clearOutbox();
});

/** All that can be seen of a request about each kind of address, with what is of this address alone left out. */
async function tracesOf(
  name: string,
  bodyFor: (email: string) => object,
  more: object = {},
): Promise<Record<string, unknown>> {
  const handler = await handlerOf(name);
  const traces: Record<string, unknown> = {};
  for (const [kind, email] of Object.entries(addresses)) {
    requests();
    clearOutbox();
    const { status, headers, cookies, text } = await call(handler, { body: bodyFor(email), ...more });
    const neutral = (told: unknown) =>
      JSON.stringify(told)
        .replaceAll(email, "EMAIL")
        .replaceAll(/[0-7][0-9a-hjkmnp-tv-z]{25}/g, "ID")
        .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "TIME");
    traces[kind] = {
      answer: neutral({ status, headers, cookies, text }),
      length: text.replaceAll(email, "EMAIL").length,
      asked: requests(),
      queued: neutral(jobs()),
    };
  }
  return traces;
}

function expectAllAlike(traces: Record<string, unknown>): void {
  const [first] = Object.values(traces);
  expect(traces).toEqual(Object.fromEntries(Object.keys(kinds).map((kind) => [kind, first])));
}

const one = (queued: string) => expect.objectContaining({ queued });

describe("nobody learns whether an address has an account", () => {
  it.each([
    ["requestEmailVerification", "verify_email"],
    ["forgotPassword", "reset_password"],
  ])("from %s", async (name, kind) => {
    const traces = await tracesOf(name, (email) => ({ email }));
    expectAllAlike(traces);
    expect(traces["unknown"]).toEqual(one(`[{"id":"ID","kind":"${kind}","email":"EMAIL"}]`));
  });

  it("from registering, where the stage conceals accounts", async () => {
    vi.stubEnv("CONCEAL_ACCOUNTS", "true");
    forgetConfig();
    const traces = await tracesOf("register", (email) => ({ email, password, name: "Ada", locale: "en" }));
    expectAllAlike(traces);
    expect(traces["unknown"]).toMatchObject({
      answer: expect.stringContaining('"status":201'),
      asked: ["UpdateItem", "TransactWriteItems"],
      queued: '[{"id":"ID","kind":"registered","userId":"ID","email":"EMAIL"}]',
    });
  });

  it.each(["true", "false"])(
    "from registering more often than a source may within the hour (concealed: %s)",
    async (conceal) => {
      vi.stubEnv("CONCEAL_ACCOUNTS", conceal);
      vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "1");
      forgetConfig();
      vi.useFakeTimers({ toFake: ["Date"] });
      const sourceIp = `203.0.113.${conceal.length}`;
      const bodyFor = (email: string) => ({ email, password });
      await call(await handlerOf("register"), { body: bodyFor(newEmail()), sourceIp });
      const traces = await tracesOf("register", bodyFor, { sourceIp });
      expectAllAlike(traces);
      expect(traces["unknown"]).toMatchObject({
        answer: expect.stringContaining('"status":429'),
        asked: ["UpdateItem"],
        queued: "[]",
      });
    },
  );

  it("from registering with a weak password, where the stage conceals accounts", async () => {
    vi.stubEnv("CONCEAL_ACCOUNTS", "true");
    forgetConfig();
    expectAllAlike(await tracesOf("register", (email) => ({ email, password: "password1" })));
  });

  it("from typing digits that were not mailed", async () => {
    const traces = await tracesOf("verifyEmail", (email) => ({ email, code: "123456" }));
    expectAllAlike(traces);
    expect(traces["unknown"]).toMatchObject({ asked: ["GetItem", "UpdateItem"], queued: "[]" });
  });

  it("from logging in with a wrong password", async () => {
    expectAllAlike(await tracesOf("login", (email) => ({ email, password: "not the password" })));
  });

  it("from logging in right after registering, where the stage conceals accounts and wants emails verified", async () => {
    vi.stubEnv("CONCEAL_ACCOUNTS", "true");
    vi.stubEnv("REQUIRE_VERIFIED_EMAIL", "true");
    forgetConfig();
    const answers = [];
    for (const email of [addresses["unverified"], newEmail()]) {
      const mine = "a phrase of somebody else's";
      await call(await handlerOf("register"), { body: { email, password: mine } });
      const { status, text } = await call(await handlerOf("login"), { body: { email, password: mine } });
      answers.push([status, text]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.[0]).toBe(401);
  });
});

it("nobody learns whether digits were mailed: wrong ones for a code that waits answer and ask the same", async () => {
  const person = await newPerson();
  const { digits } = await newCode("verify_email", person);
  const handler = await handlerOf("verifyEmail");
  const traceOf = async (body: object) => {
    requests();
    const { status, headers, text } = await call(handler, { body });
    return { status, headers, text, asked: requests() };
  };
  const waiting = await traceOf({ email: person.email, code: wrong(digits) });
  expect(waiting).toEqual(await traceOf({ email: newEmail(), code: digits }));
  for (let turn = 0; turn < 5; turn++) await traceOf({ email: person.email, code: wrong(digits) });
  expect(waiting).toEqual(await traceOf({ email: person.email, code: digits }));
});

it("where accounts are not concealed, only registering tells that an address is taken", async () => {
  const { email } = await newPerson();
  const { status, body } = await call(await handlerOf("register"), { body: { email, password } });
  expect([status, body.code]).toEqual([409, "email_taken"]);
});
