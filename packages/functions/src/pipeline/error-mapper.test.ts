import { type Route, routes } from "@gatehouse/contract";
import { AuthError } from "@gatehouse/core/error";
import middy from "@middy/core";
import { describe, expect, it } from "vitest";
import { lambdaContext } from "../../test/call.ts";
import { eventOf } from "../../test/event.ts";
import { errorMapper } from "./error-mapper.ts";
import type { Incoming, Outgoing } from "./event.ts";

/** The answer of nothing but the mapper to what was thrown. */
async function map(thrown: unknown, route: Route = routes.health) {
  const bare = middy<Incoming, Outgoing>()
    .use(errorMapper(route))
    .handler(async () => {
      throw thrown;
    });
  const { statusCode, headers, body } = await bare(eventOf({}), lambdaContext);
  return { status: statusCode, headers, body: JSON.parse(String(body)) as Record<string, unknown> };
}

/** As a middleware of Middy throws: an error with a status and the package in the cause. */
function refusal(name: string, statusCode: number, data?: unknown): Error {
  const error = new Error("it quotes the body", { cause: { package: name, data } });
  return Object.assign(error, { statusCode, expose: true });
}

describe("what was thrown becomes a problem document", () => {
  it("with a type, title, status, detail, instance and code", async () => {
    expect(await map(new AuthError("email_taken"))).toEqual({
      status: 409,
      headers: { "Content-Type": "application/problem+json; charset=utf-8", "Cache-Control": "no-store" },
      body: {
        type: "https://auth.example.com/problems/email_taken",
        title: "An account with this email exists",
        status: 409,
        detail: "Log in with it, or register another email. Nothing of the existing account was changed.",
        instance: "urn:request:JKJaXmPLvHcESHA=",
        code: "email_taken",
      },
    });
  });

  it.each([
    ["a wrong content type", 415, "unsupported_media_type"],
    ["a body that is no JSON", 422, "invalid_json"],
  ])("from the body parser's word on %s", async (_name, statusCode, code) => {
    const { body } = await map(refusal("@middy/http-json-body-parser", statusCode, '{"password":"x'));
    expect(body["code"]).toBe(code);
    expect(JSON.stringify(body)).not.toMatch(/quotes|password/);
  });

  it("from the validator's word on the body, field by field", async () => {
    const violations = [
      { instancePath: "/body/email", keyword: "pattern", params: {}, message: "m" },
      { instancePath: "/body", keyword: "required", params: { missingProperty: "password" }, message: "m" },
    ];
    const { status, body } = await map(refusal("@middy/validator", 400, violations), routes.login);
    expect(status).toBe(422);
    expect(body["errors"]).toEqual([
      { pointer: "/email", message: "should be an email address, for example test@example.com" },
      { pointer: "/password", message: "is missing" },
    ]);
  });

  it("from the validator's word on the path: nothing is there", async () => {
    const violations = [
      { instancePath: "/pathParameters/code", keyword: "pattern", params: {}, message: "m" },
    ];
    const { status, body } = await map(refusal("@middy/validator", 400, violations), routes.problem);
    expect([status, body["code"], body["errors"]]).toEqual([404, "not_found", undefined]);
  });

  it("of our own fault where another package claims a status", async () => {
    expect((await map(refusal("@middy/http-router", 404))).status).toBe(500);
    expect((await map(refusal("", 400))).status).toBe(500);
    expect((await map(Object.assign(new Error("x"), { cause: "text" }))).status).toBe(500);
  });
});

describe("a challenge", () => {
  const challengeOf = async (thrown: unknown, route?: Route) =>
    (await map(thrown, route)).headers?.["WWW-Authenticate"];

  it("names no error where no credentials came", async () => {
    expect(await challengeOf(new AuthError("invalid_token"))).toBe("Bearer");
    expect(await challengeOf(new AuthError("invalid_credentials"))).toBe("Bearer");
  });

  it("names invalid_token where a token came and is none, and never says why", async () => {
    const thrown = new AuthError("invalid_token", { cause: "expired" });
    expect(await challengeOf(thrown)).toBe('Bearer error="invalid_token"');
    expect(JSON.stringify((await map(thrown)).body)).not.toContain('"expired"');
  });

  it("names the scope that is wanting", async () => {
    expect(await challengeOf(new AuthError("insufficient_scope"), routes.changeMe)).toBe(
      'Bearer error="insufficient_scope", scope="profile:write"',
    );
  });

  it("says when to come back where a part is down, and challenges nobody", async () => {
    const { headers } = await map(new AuthError("unavailable"));
    expect(headers).toMatchObject({ "Retry-After": "1" });
    expect(headers).not.toHaveProperty("WWW-Authenticate");
  });
});
