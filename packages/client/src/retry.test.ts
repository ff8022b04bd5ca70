import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clientOf, credentials, loggedIn } from "../test/clients.ts";
import { json, problem, refusal } from "../test/fake-api.ts";

const unreachable = () => Promise.reject(new TypeError("fetch failed"));
const unavailable = () => refusal(503, "Service Unavailable");

/** How long each pause is, where it is not said: nothing. */
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

it.each([
  ["nobody answered", unreachable],
  ["the gateway is busy", unavailable],
  ["there were too many", () => problem(429, "too_many_requests", {}, { "retry-after": "0" })],
  ["something in between failed", () => new Response("", { status: 502 })],
])("what only reads is tried again where %s, twice at most", async (_, fail) => {
  const { api, client } = await loggedIn();
  api.next("GET /me", fail, fail);
  expect((await client.me()).error).toBeUndefined();
  expect(api.calls("GET /me")).toHaveLength(3);
  api.next("GET /me", fail, fail, fail);
  expect((await client.me()).error).toBeDefined();
  expect(api.calls("GET /me")).toHaveLength(6);
});

it("what deletes may be asked for twice", async () => {
  const { api, client } = await loggedIn();
  api.next("DELETE /me/sessions", unreachable);
  expect((await client.endOtherSessions()).error).toBeUndefined();
});

it("what makes something is tried again with the same Idempotency-Key, and the next call has another", async () => {
  const { api, client } = clientOf();
  api.next(
    "POST /register",
    unreachable,
    unavailable,
    () => json(201, {}),
    () => json(201, {}),
  );
  await client.register(credentials);
  await client.register(credentials);
  const keys = api.calls("POST /register").map(({ headers }) => headers.get("idempotency-key"));
  expect(keys).toHaveLength(4);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

it("an Idempotency-Key may be the caller's own", async () => {
  const { api, client } = clientOf();
  api.next("POST /register", () => json(201, {}));
  await client.register(credentials, { idempotencyKey: "mine" });
  expect(api.calls("POST /register")[0]?.headers.get("idempotency-key")).toBe("mine");
});

it("a request that is still being answered is asked for again", async () => {
  const { api, client } = clientOf();
  api.next(
    "POST /password/forgot",
    () => problem(409, "request_in_progress", {}, { "retry-after": "0" }),
    () => json(202, { status: "ACCEPTED" }),
  );
  expect((await client.forgotPassword({ email: credentials.email })).error).toBeUndefined();
});

it.each([
  ["a log-in", "POST /login", (client: Client) => client.login(credentials)],
  ["a change", "PATCH /me", (client: Client) => client.changeMe({ name: "Ada" })],
  ["a code", "POST /email/verify", (client: Client) => client.verifyEmail({ token: "t" })],
] as const)("%s is sent once, since nobody knows what became of it", async (_, call, run) => {
  for (const fail of [unreachable, unavailable]) {
    const { api, client } = await loggedIn();
    const before = api.calls(call).length;
    api.next(call, fail);
    expect((await run(client)).error).toBeDefined();
    expect(api.calls(call)).toHaveLength(before + 1);
  }
});

it.each([400, 404, 409, 422])("a %i is an answer, and not asked for again", async (status) => {
  const { api, client } = await loggedIn();
  api.next("GET /me", () => problem(status, "not_found"));
  expect((await client.me()).error?.status).toBe(status);
  expect(api.calls("GET /me")).toHaveLength(1);
});

it("nothing is tried again where the client is told so", async () => {
  const { api, client } = await loggedIn({ retries: 0 });
  api.next("GET /me", unavailable);
  expect((await client.me()).error?.code).toBe("unavailable");
});

it("it waits as long as it was told to, and each client a little longer than that", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const { api, client } = await loggedIn();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    api.next("GET /me", () => problem(503, "unavailable", {}, { "retry-after": "2" }));
    const me = client.me();
    await vi.advanceTimersByTimeAsync(2100);
    expect(api.calls("GET /me")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect((await me).error).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

it("whom it should wait longer for than a person would, it tells at once", async () => {
  const { api, client } = await loggedIn();
  api.next("GET /me", () => problem(429, "too_many_requests", {}, { "retry-after": "900" }));
  expect((await client.me()).error).toMatchObject({ code: "too_many_requests", retryAfterSeconds: 900 });
  expect(api.calls("GET /me")).toHaveLength(1);
});

describe("an end that the caller sets", () => {
  it("ends a call that is under way", async () => {
    const { api, client } = await loggedIn();
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    api.next("GET /me", () => {
      controller.abort(reason);
      return unreachable();
    });
    const { error } = await client.me({ signal: controller.signal });
    expect(error).toMatchObject({ code: "aborted", status: 0, cause: reason });
    expect(api.calls("GET /me")).toHaveLength(1);
  });

  it("ends a pause between two tries", async () => {
    const { api, client } = await loggedIn();
    const controller = new AbortController();
    api.next("GET /me", () => problem(503, "unavailable", {}, { "retry-after": "9" }));
    setTimeout(() => controller.abort(), 30);
    expect((await client.me({ signal: controller.signal })).error?.code).toBe("aborted");
    expect(api.calls("GET /me")).toHaveLength(1);
  });

  it("that is there before the call lets nothing be sent", async () => {
    const { api, client } = clientOf();
    const signal = AbortSignal.abort();
    expect((await client.login(credentials, { signal })).error?.code).toBe("aborted");
    expect((await client.health({ signal })).error?.code).toBe("aborted");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(api.seen).toEqual([]);
  });
});

it("an answer that does not come in time is a timeout", async () => {
  const { client } = clientOf({ fetch: never, timeoutSeconds: 0.02, retries: 0 });
  expect((await client.health()).error).toMatchObject({
    code: "timeout",
    message: "No answer within 0.02 s",
  });
});

it("an answer that is cut off is none", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
  const { client } = clientOf({ fetch: async () => new Response(body), retries: 0 });
  expect((await client.health()).error?.code).toBe("network_error");
});

/** As `fetch` where nobody answers. */
const never: typeof fetch = (_, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

type Client = ReturnType<typeof clientOf>["client"];
