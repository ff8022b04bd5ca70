import { expect, it, vi } from "vitest";
import { createClient } from "./index.ts";
import { cookieFetch } from "./server.ts";

const name = "__Host-gatehouse-refresh";
const origin = "https://www.example.com";
const attributes = "; Path=/; Secure; HttpOnly; SameSite=Lax";

/** A request of somebody's browser that is being answered, and an API behind it that sets `cookies` one after the other. */
function serverOf(cookie: string | null, ...cookies: (readonly string[])[]) {
  const [sent, set]: [Headers[], string[]] = [[], []];
  const fetch = cookieFetch({
    cookie,
    origin,
    onSetCookie: (line) => set.push(line),
    fetch: async (input) => {
      sent.push((input as Request).headers);
      const headers = new Headers();
      for (const line of cookies.shift() ?? []) headers.append("set-cookie", line);
      return new Response(JSON.stringify({ token: "a.b.c", expiresIn: 900 }), { headers });
    },
  });
  return { client: createClient({ baseUrl: `${origin}/auth`, transport: "cookie", fetch }), sent, set };
}

it("the cookie of the browser goes to the API, without the other cookies, and from the page's origin", async () => {
  const { client, sent } = serverOf(`theme=dark; ${name}=one; session=theirs`);
  expect(await client.restore()).toMatchObject({ status: "active" });
  expect([sent[0]?.get("cookie"), sent[0]?.get("origin")]).toEqual([`${name}=one`, origin]);
});

it("what the API sets goes back to the browser, line by line, and is sent from then on", async () => {
  const lines = [`${name}=two${attributes}; Max-Age=60`, "other=1; Path=/"];
  const { client, sent, set } = serverOf(`${name}=one`, lines);
  await client.refresh();
  await client.refresh();
  expect(set).toEqual(lines);
  expect(sent.map((headers) => headers.get("cookie"))).toEqual([`${name}=one`, `${name}=two`]);
});

it("a cookie that is cleared is sent no more", async () => {
  const { client, sent } = serverOf(`${name}=one`, [`${name}=${attributes}; Max-Age=0`]);
  await client.logout();
  await client.refresh();
  expect(sent[1]?.has("cookie")).toBe(false);
});

it.each([null, "", "theme=dark", `x${name}=one`])("without the cookie (%j) none is sent", async (cookie) => {
  const { client, sent } = serverOf(cookie);
  await client.refresh();
  expect(sent[0]?.has("cookie")).toBe(false);
});

it("without a fetch of its own it takes the global one", async () => {
  vi.stubGlobal("fetch", async () => new Response("{}"));
  const fetch = cookieFetch({ cookie: null, origin, onSetCookie: () => {} });
  const client = createClient({ baseUrl: `${origin}/auth`, transport: "cookie", fetch });
  expect((await client.health()).error).toBeUndefined();
  vi.unstubAllGlobals();
});

it("two requests of a server know nothing of each other", async () => {
  const [one, other] = [serverOf(`${name}=one`), serverOf(null)];
  await one.client.restore();
  expect(other.client.session).toEqual({ status: "unknown" });
  await other.client.refresh();
  expect(other.sent[0]?.has("cookie")).toBe(false);
});
