import { describe, expect, it, vi } from "vitest";
import { clientOf, credentials, loggedIn } from "../test/clients.ts";
import { active, FakeApi, json, problem, refusal, tokenOf } from "../test/fake-api.ts";

/** Logged in, with an access token that is good for nothing any more. */
async function stale(transport: "cookie" | "bearer" = "bearer") {
  const api = new FakeApi();
  api.expiresIn = 0;
  const opened = await loggedIn({ api, transport, retries: 0 });
  api.expiresIn = 900;
  return opened;
}

describe.each(["cookie", "bearer"] as const)("in %s mode", (transport) => {
  it("twenty calls with an old access token refresh it once, and each is answered", async () => {
    const { api, client } = await stale(transport);
    const results = await Promise.all(Array.from({ length: 20 }, () => client.me()));
    expect(results.map(({ error }) => error)).toEqual(Array(20).fill(undefined));
    expect(api.calls("POST /refresh")).toHaveLength(1);
    expect(api.calls("GET /me")).toHaveLength(20);
  });

  it("twenty calls that are refused refresh once, and each is repeated once", async () => {
    const { api, client } = await loggedIn({ transport });
    // As after a key that was taken back: the API knows the token no more, and the client does not know that.
    api.given = 7;
    const results = await Promise.all(Array.from({ length: 20 }, () => client.me()));
    expect(results.map(({ error }) => error)).toEqual(Array(20).fill(undefined));
    expect(api.calls("POST /refresh")).toHaveLength(1);
    expect(api.calls("GET /me")).toHaveLength(40);
  });

  it("a call that is refused again with a new token is not tried a third time", async () => {
    const { api, client } = await loggedIn({ transport });
    api.next("GET /me", ...Array(9).fill(() => refusal(401, "Unauthorized")));
    expect((await client.me()).error?.code).toBe("invalid_token");
    expect(api.seen.map(({ call }) => call)).toEqual(["POST /login", "GET /me", "POST /refresh", "GET /me"]);
    expect(client.session).toEqual(active);
  });

  it.each(["session_ended", "session_expired", "refresh_token_reused", "invalid_refresh_token"] as const)(
    "a refresh that is answered %s ends the session once, and says how it ended",
    async (code) => {
      const { api, client } = await stale(transport);
      const heard = vi.fn();
      client.onSession(heard);
      api.next("POST /refresh", () => problem(401, code));
      const results = await Promise.all([client.me(), client.sessions(), client.me()]);
      for (const { error } of results) {
        expect(error).toMatchObject({ code: "not_logged_in", status: 401, cause: { code } });
      }
      expect(heard.mock.calls).toEqual([[{ status: "none", reason: code }]]);
      await client.me();
      expect(api.calls("POST /refresh")).toHaveLength(1);
      expect(api.calls("GET /me")).toEqual([]);
    },
  );

  it.each([
    ["nobody answers", () => Promise.reject(new TypeError("fetch failed")), "network_error"],
    ["the API is down", () => refusal(503, "Service Unavailable"), "unavailable"],
    ["there were too many", () => problem(429, "too_many_requests"), "too_many_requests"],
    ["the page is refused", () => problem(403, "origin_refused"), "origin_refused"],
  ] as const)(
    "a refresh that fails because %s ends nothing, and the next one may succeed",
    async (_, fail, code) => {
      const { api, client } = await stale(transport);
      api.next("POST /refresh", fail);
      expect((await client.me()).error?.code).toBe(code);
      expect(client.session).toEqual(active);
      expect((await client.me()).error).toBeUndefined();
    },
  );
});

it("a call that is refused and then finds the session ended says that nobody is logged in", async () => {
  const { api, client } = await loggedIn();
  api.next("GET /me", () => refusal(401, "Unauthorized"));
  api.next("POST /refresh", () => problem(401, "session_ended"));
  expect((await client.me()).error).toMatchObject({
    code: "not_logged_in",
    cause: { code: "session_ended" },
  });
  expect(api.calls("GET /me")).toHaveLength(1);
});

it("a call that is refused after another has refreshed takes that one's token", async () => {
  const { api, client } = await loggedIn();
  const refused = Promise.withResolvers<Response>();
  api.next("GET /me/sessions", () => refused.promise);
  const slow = client.sessions();
  await client.refresh();
  refused.resolve(refusal(401, "Unauthorized"));
  expect((await slow).error).toBeUndefined();
  expect(api.calls("POST /refresh")).toHaveLength(1);
});

it("a 401 that is no answer of the API ends the session as well", async () => {
  const { api, client } = await loggedIn();
  api.next("POST /refresh", () => refusal(401, "Unauthorized"));
  await client.refresh();
  expect(client.session).toEqual({ status: "none", reason: "invalid_refresh_token" });
});

it("a refresh sends the token of the log-in, and the next one that of the refresh", async () => {
  const { api, client } = await loggedIn();
  await client.refresh();
  await client.refresh();
  expect(api.calls("POST /refresh").map(({ body }) => body)).toEqual([
    { refreshToken: "refresh-1" },
    { refreshToken: "refresh-2" },
  ]);
});

it("in cookie mode cookies go with what needs them, and with nothing else", async () => {
  const { api, client } = await loggedIn({ transport: "cookie" });
  await client.refresh();
  await client.me();
  await client.logout();
  expect(api.seen.map(({ call, credentials: sent }) => [call, sent])).toEqual([
    ["POST /login", "include"],
    ["POST /refresh", "include"],
    ["GET /me", "omit"],
    ["POST /logout", "include"],
  ]);
  expect(api.calls("POST /refresh")[0]?.body).toEqual({});
});

it("in bearer mode no cookie ever goes along: two refresh tokens at once would be refused", async () => {
  const { api, client } = await loggedIn();
  await client.refresh();
  await client.logout();
  expect(api.seen.map((each) => each.credentials)).toEqual(["omit", "omit", "omit"]);
});

it("a refresh that is lost is tried again, since the API answers the same once more", async () => {
  const { api, client } = await loggedIn();
  api.next("POST /refresh", () => Promise.reject(new TypeError("fetch failed")));
  expect((await client.refresh()).data).toEqual(active);
  expect(api.calls("POST /refresh").map(({ body }) => body.refreshToken)).toEqual(["refresh-1", "refresh-1"]);
});

it("an access token is replaced before it ends, with time to spare", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  try {
    const { api, client } = await loggedIn();
    vi.setSystemTime((900 - 31) * 1000);
    await client.me();
    expect(api.calls("POST /refresh")).toHaveLength(0);
    vi.setSystemTime((900 - 29) * 1000);
    await client.me();
    expect(api.calls("POST /refresh")).toHaveLength(1);
    expect(api.calls("GET /me")).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

it("a token that lives for seconds is used for most of them", async () => {
  const { api, client } = clientOf();
  api.expiresIn = 20;
  await client.login(credentials);
  await client.me();
  expect(api.calls("POST /refresh")).toEqual([]);
});

it("a log-in while a refresh is under way wins", async () => {
  const { api, client } = await stale();
  const other = { sub: "another", sid: "session-of-another" };
  api.next("POST /login", () => json(200, { token: tokenOf(9, other), expiresIn: 900, refreshToken: "r9" }));
  const [, login] = await Promise.all([client.me(), client.login(credentials)]);
  expect(login.error).toBeUndefined();
  expect(client.session).toEqual({ status: "active", userId: "another", sessionId: "session-of-another" });
  await client.refresh();
  expect(api.calls("POST /refresh").at(-1)?.body).toEqual({ refreshToken: "r9" });
});

it("whoever asks for a token by itself gets a fresh one", async () => {
  const { client } = await stale();
  expect((await client.accessToken()).data).toBe(tokenOf(2));
  expect((await client.accessToken()).data).toBe(tokenOf(2));
});

it("a caller that gives up on a refresh does not take it from the others", async () => {
  const { api, client } = await stale();
  const given = new AbortController();
  const [one, other] = [client.me({ signal: given.signal }), client.me()];
  given.abort();
  expect((await one).error?.code).toBe("aborted");
  expect((await other).error).toBeUndefined();
  expect(api.calls("POST /refresh")).toHaveLength(1);
  expect(api.calls("GET /me")).toHaveLength(1);
});
