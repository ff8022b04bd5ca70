import { routes } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { respond, WithCookies } from "./answer.ts";

it("a body is JSON in UTF-8 under the route's status, and nobody may keep it", () => {
  expect(respond(routes.login, { name: "Zoë" })).toEqual({
    statusCode: 200,
    headers: { "Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8" },
    body: '{"name":"Zoë"}',
  });
});

it("what a route lets caches keep says for how long", () => {
  expect(respond(routes.jwks, {}).headers).toMatchObject({ "Cache-Control": "public, max-age=300" });
});

it("an answer without a body has no content type either", () => {
  expect(respond(routes.logout, undefined)).toEqual({
    statusCode: 204,
    headers: { "Cache-Control": "no-store" },
  });
});

it("each cookie is a member of the list, never a header", () => {
  const cookies = ["a=1; Path=/", "b=2; Path=/"];
  expect(respond(routes.logout, new WithCookies(undefined, cookies))).toEqual({
    statusCode: 204,
    headers: { "Cache-Control": "no-store" },
    cookies,
  });
  expect(respond(routes.health, new WithCookies({ status: "ok" }, []))).not.toHaveProperty("cookies");
});
