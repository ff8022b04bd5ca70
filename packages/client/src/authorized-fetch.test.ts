import { expect, it } from "vitest";
import { baseUrl, clientOf, loggedIn } from "../test/clients.ts";
import { json, problem, refusal, tokenOf } from "../test/fake-api.ts";

const orders = "https://orders.example.com/orders";

it("a request to an API of one's own carries the access token", async () => {
  const { api, client } = await loggedIn({ apis: ["https://orders.example.com/whatever"] });
  api.next("POST /orders", () => json(201, { id: 1 }));
  const headers = { "Content-Type": "application/json", "X-Mine": "yes" };
  const response = await client.fetch(orders, { method: "POST", headers, body: '{"item":7}' });
  expect(response.status).toBe(201);
  const [seen] = api.calls("POST /orders");
  expect(seen?.body).toEqual({ item: 7 });
  expect(seen?.headers.get("authorization")).toBe(`Bearer ${tokenOf(1)}`);
  expect(seen?.headers.get("x-mine")).toBe("yes");
});

it("an answer of 401 is asked for again, body and all, with a new token and once", async () => {
  const { api, client } = await loggedIn({ apis: [orders] });
  api.next(
    "POST /orders",
    () => refusal(401, "Unauthorized"),
    () => refusal(401, "Unauthorized"),
  );
  const response = await client.fetch(new Request(orders, { method: "POST", body: '{"item":7}' }));
  expect(response.status).toBe(401);
  expect(api.calls("POST /orders").map(({ body, headers }) => [body, headers.get("authorization")])).toEqual([
    [{ item: 7 }, `Bearer ${tokenOf(1)}`],
    [{ item: 7 }, `Bearer ${tokenOf(2)}`],
  ]);
});

it("an answer of 403 is the answer", async () => {
  const { api, client } = await loggedIn({ apis: [orders] });
  api.next("GET /orders", () => refusal(403, "Forbidden"));
  expect((await client.fetch(orders)).status).toBe(403);
  expect(api.calls("POST /refresh")).toEqual([]);
});

it("where the session is over the 401 is the answer, and the session is told of as ended", async () => {
  const { api, client } = await loggedIn({ apis: [orders] });
  api.next("GET /orders", () => refusal(401, "Unauthorized"));
  api.next("POST /refresh", () => problem(401, "session_ended"));
  expect(await (await client.fetch(orders)).json()).toEqual({ message: "Unauthorized" });
  expect(client.session).toEqual({ status: "none", reason: "session_ended" });
});

it("where nobody is logged in nothing is sent", async () => {
  const { api, client } = clientOf();
  await expect(client.fetch(`${baseUrl}/me`)).rejects.toMatchObject({ code: "not_logged_in" });
  expect(api.seen).toEqual([]);
});

it.each([orders, "https://auth.example.com.evil.example/me", "http://auth.example.com/me"])(
  "the token is not for %s, which is not named",
  async (url) => {
    const { api, client } = await loggedIn();
    await expect(client.fetch(url)).rejects.toThrow(/The access token is not for https?:\/\//);
    expect(api.seen).toHaveLength(1);
  },
);
