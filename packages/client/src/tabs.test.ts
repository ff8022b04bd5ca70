import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clientOf, credentials, memoryStorage } from "../test/clients.ts";
import { active, FakeApi, problem, tokenOf } from "../test/fake-api.ts";

/** Node has Web Locks and BroadcastChannel too: with a document two clients are two tabs of one browser. */
beforeEach(() => void vi.stubGlobal("document", {}));

const opened: { readonly client: { close(): void } }[] = [];
let origin = 0;

afterEach(() => {
  for (const { client } of opened.splice(0)) client.close();
  vi.unstubAllGlobals();
});

/** Tabs of one browser at one API. */
function tabs(count: number, options: Parameters<typeof clientOf>[0] = {}) {
  origin += 1;
  const { api = new FakeApi(), transport = "cookie", ...rest } = options;
  const baseUrl = `https://auth-${origin}.example.com`;
  const all = Array.from({ length: count }, () => clientOf({ api, transport, baseUrl, ...rest }));
  opened.push(...all);
  return { api, clients: all.map(({ client }) => client) };
}

/** Until what was told is heard everywhere, and what follows from it: turns of the loop, since each takes as long as it must. */
async function news(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe.each([
  ["cookie mode", () => ({ transport: "cookie" as const })],
  [
    "bearer mode with a storage of all tabs",
    () => ({ transport: "bearer" as const, storage: memoryStorage() }),
  ],
])("in %s", (_, options) => {
  it("a log-in in one tab is one in each", async () => {
    const { clients } = tabs(3, options());
    await clients[0]?.login(credentials);
    await news();
    expect(clients.map(({ session }) => session)).toEqual([active, active, active]);
  });

  it("tabs that need a token at once ask the API once", async () => {
    const { api, clients } = tabs(4, options());
    api.expiresIn = 0;
    await clients[0]?.login(credentials);
    await news();
    api.expiresIn = 900;
    const results = await Promise.all(clients.map((client) => client.me()));
    expect(results.map(({ error }) => error)).toEqual(Array(4).fill(undefined));
    expect(api.calls("POST /refresh")).toHaveLength(1);
  });

  it("a log-out in one tab is one in each, told once, and no tab asks for a token after it", async () => {
    const { api, clients } = tabs(3, options());
    await clients[0]?.login(credentials);
    await news();
    const heard = clients.map((client) => {
      const listener = vi.fn();
      client.onSession(listener);
      return listener;
    });
    await clients[1]?.logout();
    await news();
    for (const listener of heard) {
      expect(listener.mock.calls).toEqual([[{ status: "none", reason: "logged_out" }]]);
    }
    const results = await Promise.all(clients.map((client) => client.me()));
    expect(results.map(({ error }) => error?.code)).toEqual(Array(3).fill("not_logged_in"));
    expect(api.calls("POST /refresh")).toEqual([]);
  });

  it("a session that a refresh finds ended is over in each", async () => {
    const { api, clients } = tabs(2, options());
    await clients[0]?.login(credentials);
    await news();
    api.next("POST /refresh", () => problem(401, "session_ended"));
    await clients[1]?.refresh();
    await news();
    expect(clients[0]?.session).toEqual({ status: "none", reason: "session_ended" });
  });

  it("a refresh that waits for another tab's log-out does not bring the session back", async () => {
    const { api, clients } = tabs(2, options());
    await clients[0]?.login(credentials);
    await news();
    const [, refreshed] = await Promise.all([clients[0]?.logout(), clients[1]?.refresh()]);
    expect(refreshed?.error?.code).toBe("not_logged_in");
    expect(api.calls("POST /refresh")).toEqual([]);
  });
});

it("tabs with a storage each have a session each", async () => {
  const api = new FakeApi();
  origin += 1;
  const baseUrl = `https://auth-${origin}.example.com`;
  const open = () => clientOf({ api, baseUrl, storage: memoryStorage() });
  const [one, other] = [open(), open()];
  opened.push(one, other);
  await one.client.login(credentials);
  await news();
  expect(other.client.session).toEqual({ status: "unknown" });
  await other.client.login(credentials);
  await one.client.logout();
  await news();
  expect(other.client.session).toEqual(active);
});

it("a tab that was duplicated with its storage goes on with the token that the other one got", async () => {
  const api = new FakeApi();
  origin += 1;
  const baseUrl = `https://auth-${origin}.example.com`;
  const [storage, copy] = [memoryStorage(), memoryStorage()];
  const one = clientOf({ api, baseUrl, storage });
  await one.client.login(credentials);
  for (const [name, value] of storage.items) copy.setItem(name, value);
  const other = clientOf({ api, baseUrl, storage: copy });
  opened.push(one, other);
  await one.client.refresh();
  await news();
  expect([...copy.items.values()]).toEqual(["refresh-2"]);
  expect((await other.client.accessToken()).data).toBe(tokenOf(2));
});

it("clients of two APIs on one page have nothing to say to each other", async () => {
  const [one] = tabs(1).clients;
  const [other] = tabs(1).clients;
  await one?.login(credentials);
  await news();
  expect(other?.session).toEqual({ status: "unknown" });
});

it("a client that is closed hears nothing any more, and still works", async () => {
  const { clients } = tabs(2);
  clients[1]?.close();
  await clients[0]?.login(credentials);
  await news();
  expect(clients[1]?.session).toEqual({ status: "unknown" });
  expect((await clients[1]?.refresh())?.data).toEqual(active);
});

describe.each([
  ["a browser without Web Locks", () => vi.stubGlobal("navigator", {})],
  ["a frame that may not use them", () => vi.stubGlobal("navigator", { locks: { request: refuse } })],
])("in %s", (_, stub) => {
  it("a page still refreshes once for all its calls, and hears of the others", async () => {
    stub();
    const { api, clients } = tabs(2);
    await clients[0]?.login(credentials);
    await news();
    expect(clients[1]?.session).toEqual(active);
    await Promise.all([clients[0]?.refresh(), clients[0]?.refresh()]);
    expect(api.calls("POST /refresh")).toHaveLength(1);
  });
});

it("where there are no channels each page goes by itself", async () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  const { api, clients } = tabs(2);
  await clients[0]?.login(credentials);
  expect(await clients[1]?.restore()).toEqual(active);
  expect(api.calls("POST /refresh")).toHaveLength(1);
});

it("clients of one server process never hear of each other", async () => {
  vi.unstubAllGlobals();
  const { clients } = tabs(2);
  await clients[0]?.login(credentials);
  await news();
  expect(clients[1]?.session).toEqual({ status: "unknown" });
});

async function refuse(): Promise<never> {
  throw new DOMException("not here", "SecurityError");
}
