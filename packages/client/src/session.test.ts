import { describe, expect, it, vi } from "vitest";
import { clientOf, credentials, loggedIn, memoryStorage } from "../test/clients.ts";
import { active, FakeApi, json, problem, tokenOf } from "../test/fake-api.ts";

const key = "gatehouse:https://auth.example.com:bearer";

describe("before anybody logged in", () => {
  it("a client in memory knows that nobody has", async () => {
    const { api, client } = clientOf();
    expect(client.session).toEqual({ status: "none" });
    expect(await client.restore()).toEqual({ status: "none" });
    expect(api.seen).toEqual([]);
  });

  it("a client in cookie mode does not know, and finds the session of before", async () => {
    const { client } = clientOf({ transport: "cookie" });
    expect(client.session).toEqual({ status: "unknown" });
    expect(await client.restore()).toEqual(active);
  });

  it("a client in cookie mode finds that there is none, and that none has ended", async () => {
    const { api, client } = clientOf({ transport: "cookie" });
    api.next("POST /refresh", () => problem(401, "invalid_refresh_token"));
    expect(await client.restore()).toEqual({ status: "none" });
  });

  it("a session that has ended in the meantime is told of", async () => {
    const { api, client } = clientOf({ transport: "cookie" });
    api.next("POST /refresh", () => problem(401, "session_expired"));
    expect(await client.restore()).toEqual({ status: "none", reason: "session_expired" });
  });

  it("what restores asks once, however often and by whatever it is asked", async () => {
    const { api, client } = clientOf({ transport: "cookie" });
    await Promise.all([client.restore(), client.restore(), client.me()]);
    await client.restore();
    expect(api.calls("POST /refresh")).toHaveLength(1);
  });

  it("while the API is down nothing is known, and the next time it is asked again", async () => {
    const { api, client } = clientOf({ transport: "cookie", retries: 0 });
    api.next("POST /refresh", () => problem(503, "unavailable"));
    expect(await client.restore()).toEqual({ status: "unknown" });
    expect(await client.restore()).toEqual(active);
  });
});

it("a client that is closed tells nobody any more, and still works", async () => {
  const { client } = clientOf();
  const heard = vi.fn();
  client.onSession(heard);
  client.close();
  expect((await client.login(credentials)).error).toBeUndefined();
  expect(client.session).toEqual(active);
  expect(heard).not.toHaveBeenCalled();
});

it("a log-in tells the transport, and who is logged in is known from then on", async () => {
  for (const transport of ["cookie", "bearer"] as const) {
    const { api, client } = await loggedIn({ transport });
    expect(api.calls("POST /login")[0]?.body).toEqual({ ...credentials, transport });
    expect(client.session).toEqual(active);
  }
});

it("a log-in with what is no JSON is thrown back, and holds up nobody", async () => {
  const { client } = clientOf();
  await expect(client.login({ ...credentials, deviceLabel: 1n as never })).rejects.toThrow(TypeError);
  expect((await client.login(credentials)).error).toBeUndefined();
});

it("a log-in that is refused changes nothing", async () => {
  const { api, client } = await loggedIn();
  api.next("POST /login", () => problem(401, "invalid_credentials"));
  expect((await client.login(credentials)).error?.code).toBe("invalid_credentials");
  expect(client.session).toEqual(active);
});

it("the session is one object as long as it is the same", async () => {
  const { client } = await loggedIn();
  const before = client.session;
  await client.refresh();
  expect(client.session).toBe(before);
});

it("a listener is told until it is taken away", async () => {
  const { client } = clientOf();
  const heard = vi.fn();
  const stop = client.onSession(heard);
  await client.login(credentials);
  await client.logout();
  stop();
  await client.login(credentials);
  expect(heard.mock.calls).toEqual([[active], [{ status: "none", reason: "logged_out" }]]);
});

it("a listener that throws spoils neither the log-in nor the other listeners", async () => {
  const { client } = clientOf();
  const fault = new Error("of a listener");
  const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
  const others = process.listeners("uncaughtException").slice(0, -1);
  for (const other of others) process.off("uncaughtException", other);
  client.onSession(() => {
    throw fault;
  });
  const heard = vi.fn();
  client.onSession(heard);
  expect((await client.login(credentials)).error).toBeUndefined();
  expect(await thrown).toBe(fault);
  for (const other of others) process.on("uncaughtException", other);
  expect(heard).toHaveBeenCalledOnce();
});

it("an access token that is no JWT says of nobody who it is", async () => {
  const { api, client } = clientOf();
  api.next("POST /login", () => json(200, { token: "opaque", expiresIn: 900, refreshToken: "r" }));
  await client.login(credentials);
  expect(client.session).toEqual({ status: "active", userId: "", sessionId: "" });
});

describe("a log-out", () => {
  it("in bearer mode sends the refresh token, and is over", async () => {
    const { api, client } = await loggedIn();
    expect((await client.logout()).error).toBeUndefined();
    expect(api.calls("POST /logout")[0]?.body).toEqual({ refreshToken: "refresh-1" });
    expect(client.session).toEqual({ status: "none", reason: "logged_out" });
    expect((await client.me()).error?.code).toBe("not_logged_in");
  });

  it("in cookie mode sends the access token too, for a browser that has lost the cookie", async () => {
    const { api, client } = await loggedIn({ transport: "cookie" });
    await client.logout();
    expect(api.calls("POST /logout")[0]?.headers.get("authorization")).toBe(`Bearer ${tokenOf(1)}`);
  });

  it.each(["invalid_refresh_token", "invalid_token"])(
    "of a session that is over (%s) succeeds",
    async (code) => {
      const { api, client } = await loggedIn();
      api.next("POST /logout", () => problem(401, code));
      expect((await client.logout()).error).toBeUndefined();
      expect(client.session.status).toBe("none");
    },
  );

  it("that does not arrive leaves the session as it is, and says so", async () => {
    const { api, client } = await loggedIn({ retries: 0 });
    api.next("POST /logout", () => Promise.reject(new TypeError("fetch failed")));
    expect((await client.logout()).error?.code).toBe("network_error");
    expect(client.session).toEqual(active);
  });

  it("of nobody asks the API nothing", async () => {
    const { api, client } = clientOf();
    expect((await client.logout()).error).toBeUndefined();
    expect(api.seen).toEqual([]);
  });

  it("while a refresh is under way is not undone by it", async () => {
    const { api, client } = await loggedIn();
    const [refreshed] = await Promise.all([client.refresh(), client.logout()]);
    expect(refreshed.error).toBeUndefined();
    expect(api.calls("POST /logout")[0]?.body).toEqual({ refreshToken: "refresh-2" });
    expect(client.session.status).toBe("none");
  });
});

it("whoever deletes the account is logged in no more", async () => {
  const { client } = await loggedIn();
  await client.deleteMe({ password: credentials.password });
  expect(client.session).toEqual({ status: "none", reason: "account_deleted" });
});

it("whoever may not delete the account stays logged in", async () => {
  const { api, client } = await loggedIn();
  api.next("DELETE /me", () => problem(403, "wrong_password"));
  await client.deleteMe({ password: "wrong" });
  expect(client.session).toEqual(active);
});

it("ending one's own session is a log-out, and ending another is not", async () => {
  const { client } = await loggedIn();
  await client.endSession({ sessionId: "another" });
  expect(client.session).toEqual(active);
  await client.endSession({ sessionId: active.sessionId });
  expect(client.session).toEqual({ status: "none", reason: "logged_out" });
});

describe("with a storage", () => {
  it("the refresh token outlives the page, and the access token is never in it", async () => {
    const [api, storage] = [new FakeApi(), memoryStorage()];
    await loggedIn({ api, storage });
    expect([...storage.items]).toEqual([[key, "refresh-1"]]);
    const { client } = clientOf({ api, storage });
    expect(client.session).toEqual({ status: "unknown" });
    expect(await client.restore()).toEqual(active);
    expect([...storage.items]).toEqual([[key, "refresh-2"]]);
  });

  it("that is empty nobody is logged in, and the API is not asked", async () => {
    const { api, client } = clientOf({ storage: memoryStorage() });
    expect((await client.me()).error?.code).toBe("not_logged_in");
    expect(await client.restore()).toEqual({ status: "none" });
    expect(api.seen).toEqual([]);
  });

  it("a log-out empties it", async () => {
    const storage = memoryStorage();
    const { client } = await loggedIn({ storage });
    await client.logout();
    expect(storage.items.size).toBe(0);
  });

  it("that answers later does as well", async () => {
    const { getItem, setItem, removeItem } = memoryStorage();
    const storage = {
      getItem: async (name: string) => getItem(name),
      setItem: async (name: string, value: string) => setItem(name, value),
      removeItem: async (name: string) => removeItem(name),
    };
    const { client } = await loggedIn({ storage });
    expect((await client.refresh()).data).toEqual(active);
  });

  it("that fails the session lasts as long as the page", async () => {
    const fail = () => {
      throw new Error("QuotaExceededError");
    };
    const { client } = await loggedIn({ storage: { getItem: fail, setItem: fail, removeItem: fail } });
    expect((await client.refresh()).data).toEqual(active);
    expect((await client.logout()).error).toBeUndefined();
  });
});
