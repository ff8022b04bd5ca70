/** Every error of the contract as the typed client tells it, or why it never does. */
import "../../packages/core/test/cheap-hashes.ts";
import "../environment.ts";
import { errors } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ApiErrorCode, Client, Result } from "../../packages/client/src/index.ts";
import { clearOutbox, failNext } from "../../packages/functions/test/outbox.ts";
import { newEmail, password } from "../../packages/functions/test/people.ts";
import { captureStdout } from "../../packages/functions/test/stdout.ts";
import { createFetch } from "../../packages/local/src/index.ts";
import { type InProcess, startInProcess } from "../../packages/local/test/support/in-process.ts";
import { newDevice } from "./device.ts";

captureStdout();

let house: InProcess;
beforeAll(async () => {
  house = await startInProcess({ authorizerCacheSeconds: 0 });
});
afterAll(() => house.stop());
afterEach(() => {
  clearOutbox();
  vi.unstubAllEnvs();
  forgetConfig();
});

interface Somebody {
  readonly auth: Client;
  readonly email: string;
}

/** Somebody who is logged in. */
async function somebody(): Promise<Somebody> {
  const email = newEmail();
  const auth = newDevice(house, "cookie").open({ retries: 0 });
  await auth.orThrow.register({ email, password });
  await auth.orThrow.login({ email, password });
  return { auth, email };
}

const wrong = "not the right one";
const registration = () => ({ email: newEmail(), password });

/** A page that is not ours. */
const strange = () => newDevice(house, "cookie", "https://evil.example").open();

/** For whom something between the client and the API spoils what is sent. */
function spoiling(spoil: (request: Request) => Request | Promise<Request>): Client {
  return newDevice(house, "bearer").open({
    fetch: async (url, init) => house.fetch(await spoil(new Request(url, init))),
  });
}

type Provoke = (person: Somebody) => Promise<Result<unknown>>;

const provoked: { readonly [Code in ApiErrorCode]: Provoke | "never, by this client" } = {
  // It writes JSON, says so, and sends one refresh token.
  invalid_json: "never, by this client",
  unsupported_media_type: "never, by this client",
  ambiguous_credentials: "never, by this client",
  // What ends a session is told as `not_logged_in`: account-life.test.ts.
  invalid_refresh_token: "never, by this client",
  refresh_token_reused: "never, by this client",
  session_ended: "never, by this client",
  session_expired: "never, by this client",

  invalid_code: ({ auth }) => auth.verifyEmail({ token: `01k0qj3v5e8m2n4p6r8t0v2x4z.${"A".repeat(43)}` }),
  invalid_idempotency_key: ({ auth }) => auth.register(registration(), { idempotencyKey: "x".repeat(256) }),
  invalid_credentials: ({ auth, email }) => auth.login({ email, password: wrong }),
  // The gateway itself, which misses the header.
  invalid_token: async () => {
    const auth = spoiling((request) => {
      request.headers.delete("authorization");
      return request;
    });
    const { email } = await auth.orThrow.register(registration());
    await auth.orThrow.login({ email, password });
    return auth.me();
  },
  origin_refused: ({ email }) => strange().login({ email, password }),
  wrong_password: ({ auth }) => auth.deleteMe({ password: wrong }),
  email_not_verified: ({ auth, email }) => {
    vi.stubEnv("REQUIRE_VERIFIED_EMAIL", "true");
    forgetConfig();
    return auth.login({ email, password });
  },
  // The authorizer's no to a session that was ended elsewhere.
  insufficient_scope: async ({ auth, email }) => {
    const phone = newDevice(house, "bearer").open();
    await phone.orThrow.login({ email, password });
    await phone.orThrow.endOtherSessions();
    return auth.me();
  },
  not_found: ({ auth }) => auth.endSession({ sessionId: "0".repeat(28) }),
  email_taken: ({ auth, email }) => auth.register({ email, password }),
  request_in_progress: async ({ auth }) => {
    const [body, idempotencyKey] = [registration(), crypto.randomUUID()];
    const both = [auth.register(body, { idempotencyKey }), auth.register(body, { idempotencyKey })];
    const results = await Promise.all(both);
    return results.find(({ error }) => error) ?? results[0] ?? Promise.reject();
  },
  payload_too_large: ({ auth }) => auth.changeMe({ name: "x".repeat(20_000) }),
  validation_failed: ({ auth }) => auth.changeMe({ name: "", picture: "ftp://x" }),
  weak_password: ({ auth }) => auth.changePassword({ currentPassword: password, newPassword: "password1" }),
  idempotency_key_reused: async ({ auth }) => {
    const idempotencyKey = crypto.randomUUID();
    await auth.orThrow.register(registration(), { idempotencyKey });
    return auth.register(registration(), { idempotencyKey });
  },
  too_many_requests: async ({ auth, email }) => {
    for (let guess = 0; guess < 5; guess += 1) await auth.login({ email, password: `${wrong} ${guess}` });
    return auth.login({ email, password: `${wrong} 5` });
  },
  // The gateway itself, where a function breaks.
  internal_error: () => {
    const target = () => Promise.reject(new Error("broken"));
    const broken = { url: house.url, fetch: createFetch({ routes: [{ routeKey: "GET /health", target }] }) };
    return newDevice(broken, "bearer").open({ retries: 0 }).health();
  },
  unavailable: ({ auth, email }) => {
    failNext(10, "queue");
    return auth.forgotPassword({ email });
  },
};

const cases = Object.entries(provoked).filter(
  (entry): entry is [ApiErrorCode, Provoke] => typeof entry[1] === "function",
);

describe.each(cases)("%s", (code, provoke) => {
  it("comes back by its code, with its status and title and what the logs are found by", async () => {
    const { error, data } = await provoke(await somebody());
    expect(data).toBeUndefined();
    expect(error).toMatchObject({
      code,
      status: errors[code].status,
      requestId: expect.stringMatching(/\S{10}/),
    });
    expect(error?.message).not.toBe("");
  });
});

it("the API has no error that the client does not know", () => {
  expect(Object.keys(provoked).toSorted()).toEqual(Object.keys(errors).toSorted());
});

describe("what an error says of fields", () => {
  it("is there for each field, by its name", async () => {
    const { auth } = await somebody();
    const { error } = await auth.changeMe({ name: "", picture: "ftp://x" });
    expect(error?.fields.map(({ pointer }) => pointer)).toEqual(["/name", "/picture"]);
    expect(error?.fieldMessage("picture")).toMatch(/https URL/);
    expect(error?.fieldMessage("locale")).toBeUndefined();
  });

  it("names the rule that a password breaks", async () => {
    const { error } = await newDevice(house, "bearer")
      .open()
      .register({ email: newEmail(), password: "password1" });
    expect([error?.code, error?.fieldMessage("password")]).toEqual([
      "weak_password",
      expect.stringMatching(/\w/),
    ]);
  });
});

it("whoever has guessed too often is told when to come back", async () => {
  const { error } = await (provoked.too_many_requests as Provoke)(await somebody());
  expect(error?.retryAfterSeconds).toBeGreaterThan(0);
});

it("orThrow throws the same error", async () => {
  const { auth, email } = await somebody();
  await expect(auth.orThrow.login({ email, password: wrong })).rejects.toMatchObject({
    name: "GatehouseError",
    code: "invalid_credentials",
    status: 401,
  });
});
