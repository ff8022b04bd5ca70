import { expect, it } from "vitest";
import { clientOf, credentials, loggedIn } from "../test/clients.ts";
import { json, problem, refusal, tokenOf } from "../test/fake-api.ts";

it("a call carries the access token of the log-in and answers what the API did", async () => {
  const { api, client } = await loggedIn();
  expect(await client.me()).toEqual({ data: { call: "GET /me" }, error: undefined });
  const [call] = api.calls("GET /me");
  expect(call?.headers.get("authorization")).toBe(`Bearer ${tokenOf(1)}`);
  expect(call?.body).toBeUndefined();
  expect(call?.headers.has("content-type")).toBe(false);
});

it("a call sends its input as the body, in the path or in the query, as its route has it", async () => {
  const { api, client } = await loggedIn();
  await client.changeMe({ name: "Ada" });
  await client.endSession({ sessionId: "a/b?c" });
  await client.events({ limit: 5 });
  const [change] = api.calls("PATCH /me");
  expect([change?.body, change?.headers.get("content-type")]).toEqual([{ name: "Ada" }, "application/json"]);
  expect(api.calls("DELETE /me/sessions/a%2Fb%3Fc")).toHaveLength(1);
  expect(api.calls("GET /me/events")[0]?.query).toBe("?limit=5");
});

it("what may be left out of the query is left out", async () => {
  const { api, client } = await loggedIn();
  await client.events();
  await client.events({});
  await client.events({ limit: undefined } as object);
  expect(api.calls("GET /me/events").map(({ query }) => query)).toEqual(["", "", ""]);
});

it("a public call carries no token, whoever is logged in", async () => {
  const { api, client } = await loggedIn();
  await client.health();
  expect(api.calls("GET /health")[0]?.headers.has("authorization")).toBe(false);
});

it("a call before anybody is logged in asks the API nothing", async () => {
  const { api, client } = clientOf();
  expect((await client.me()).error?.code).toBe("not_logged_in");
  expect(api.seen).toEqual([]);
});

it("a path in front of the API stays in front of each call", async () => {
  const { api, client } = clientOf({ baseUrl: "https://www.example.com/auth/" });
  await client.login(credentials);
  expect(api.seen.map(({ call }) => call)).toEqual(["POST /auth/login"]);
});

it("fields of a newer API come through", async () => {
  const { api, client } = await loggedIn();
  api.next("GET /me", () => json(200, { id: "1", shoeSize: 42 }));
  expect(await client.orThrow.me()).toEqual({ id: "1", shoeSize: 42 });
});

it("an answer without a body is undefined", async () => {
  const { api, client } = await loggedIn();
  api.next("DELETE /me/sessions/s1", () => new Response(null, { status: 204 }));
  expect(await client.endSession({ sessionId: "s1" })).toEqual({ data: undefined, error: undefined });
});

it("the throwing variant throws the error that the other one answers", async () => {
  const { api, client } = await loggedIn();
  api.next("PATCH /me", () => problem(422, "validation_failed"));
  await expect(client.orThrow.changeMe({ name: "" })).rejects.toMatchObject({
    name: "GatehouseError",
    code: "validation_failed",
  });
});

it.each([() => refusal(403, "Forbidden"), () => problem(403, "wrong_password")])(
  "a 403 is no reason to refresh, however often it comes",
  async (answer) => {
    const { api, client } = await loggedIn();
    api.next("DELETE /me/sessions", answer, answer);
    await client.endOtherSessions();
    await client.endOtherSessions();
    expect(api.calls("POST /refresh")).toEqual([]);
    expect(client.session.status).toBe("active");
  },
);
