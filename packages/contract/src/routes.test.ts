import { Ajv } from "ajv";
import type { TSchema } from "typebox";
import { describe, expect, it } from "vitest";
import { errors } from "./errors.ts";
import { handlerFile, type Route } from "./route.ts";
import { routes } from "./routes.ts";
import { RefreshRequest, Session } from "./schemas/session.ts";
import { scopes } from "./scopes.ts";

const table = Object.entries<Route>(routes);

/** As much of a JSON schema as these tests look at. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
}

/** A schema and all those inside it. */
function withParts(schema: Schema): readonly Schema[] {
  const parts = [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? [])];
  return [schema, ...[...parts, ...(schema.items ? [schema.items] : [])].flatMap(withParts)];
}

// As scripts/build-validators.ts compiles them.
const ajv = new Ajv({ allErrors: true, coerceTypes: false });

function fits(schema: Schema, value: unknown): boolean {
  return ajv.compile(schema as TSchema)(value);
}

/** A route is promised to every client, and so is what it asks of them. */
const released = [
  "POST /register open",
  "POST /login open",
  "POST /refresh open",
  "POST /logout open",
  "POST /email/verify/request open",
  "POST /email/verify open",
  "POST /email/undo open",
  "POST /password/forgot open",
  "POST /password/reset open",
  "GET /me profile:read",
  "PATCH /me profile:write",
  "DELETE /me account:write",
  "POST /me/password account:write",
  "POST /me/email account:write",
  "POST /me/email/confirm account:write",
  "GET /me/export account:read",
  "GET /me/sessions sessions:read",
  "DELETE /me/sessions/{sessionId} sessions:write",
  "DELETE /me/sessions sessions:write",
  "GET /.well-known/jwks.json open",
  "GET /.well-known/openid-configuration open",
  "GET /.well-known/oauth-authorization-server open",
  "GET /health open",
  "GET /problems/{code} open",
  "GET /openapi.json open",
];

const refreshTokenFaults = ["ambiguous_credentials", "invalid_refresh_token", "origin_refused"];

function pathVariables(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
}

describe.each(table)("the route %s", (name, route) => {
  it("knows its own name", () => {
    expect(route.name).toBe(name);
  });

  it("has a path as API Gateway writes one", () => {
    expect(route.path).toMatch(/^(?:\/(?:[a-z0-9._-]+|\{[a-zA-Z]+\}))+$/);
  });

  it("describes exactly the variables of its path", () => {
    const params = route.params as Schema | undefined;
    const variables = pathVariables(route.path);
    expect(Object.keys(params?.properties ?? {})).toEqual(variables);
    expect(params?.required ?? []).toEqual(variables);
    expect(params === undefined).toBe(variables.length === 0);
  });

  it("bounds every text of a path", () => {
    for (const schema of Object.values((route.params as Schema | undefined)?.properties ?? {})) {
      expect(schema).toMatchObject({ type: "string", pattern: expect.stringMatching(/^\^.*\$$/) });
      for (const letter of ["a", "0", "_"]) expect(fits(schema, letter.repeat(65))).toBe(false);
    }
  });

  it("refuses fields it does not know, at every depth of its body", () => {
    const objects = route.body ? withParts(route.body as Schema).filter(({ type }) => type === "object") : [];
    for (const object of objects) expect(object.additionalProperties).toBe(false);
    expect(objects.length > 0).toBe(route.body !== undefined);
  });

  it("bounds every text of its body and describes it for a person", () => {
    for (const schema of Object.values((route.body as Schema | undefined)?.properties ?? {})) {
      expect(schema).toHaveProperty("description");
      const texts = withParts(schema).filter((part) => part.type === "string" && part.const === undefined);
      for (const text of texts) expect(text).toHaveProperty("maxLength");
    }
  });

  it("has a body where one is sent", () => {
    const sends = ["POST", "PUT", "PATCH"].includes(route.method) || name === "deleteMe";
    expect(route.body !== undefined).toBe(sends);
  });

  it("answers a success with a described object, or with 204 and nothing", () => {
    expect(route.answer.status).toBeGreaterThanOrEqual(200);
    expect(route.answer.status).toBeLessThan(300);
    const body = route.answer.body as Schema | undefined;
    expect(body?.type).toBe(route.answer.status === 204 ? undefined : "object");
  });

  it("answers no key that looks like a secret", () => {
    const body = (route.answer.body ?? {}) as Schema;
    const keys = withParts(body).flatMap((part) => Object.keys(part.properties ?? {}));
    expect(
      keys.filter((key) => /pass|hash|secret|salt|pepper|pk$|sk$|gsi|ttl|normalised|^d$/i.test(key)),
    ).toEqual([]);
  });

  it("lists codes that exist, once each", () => {
    expect(route.errors.filter((code) => !Object.hasOwn(errors, code))).toEqual([]);
    expect(new Set(route.errors).size).toBe(route.errors.length);
  });

  it("has a scope that exists exactly where it has the authorizer", () => {
    const needed = route.authorizer === "token";
    expect(route.scope !== undefined && Object.hasOwn(scopes, route.scope)).toBe(needed);
  });

  it("is kept by caches only where it is the same for everybody and changes nothing", () => {
    if (route.cacheSeconds === undefined) return;
    expect(route).toMatchObject({ method: "GET", authorizer: "none" });
  });

  it("changes nothing where it is a GET", () => {
    expect(route.method === "GET" && route.body !== undefined).toBe(false);
  });

  it("is summed up in one line", () => {
    expect(route.summary).toMatch(/^[A-Z][^\n]{5,80}[^.\n]$/);
  });
});

describe("the route table", () => {
  it("has one route for each method and path, whatever its variables are called", () => {
    const keys = table.map(([, { method, path }]) => `${method} ${path.replace(/\{[^}]+\}/g, "{}")}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has a file of its own for each handler", () => {
    const files = table.map(([name]) => handlerFile(name));
    expect(new Set(files).size).toBe(files.length);
    for (const file of files) expect(file).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });

  it("guards every path that speaks of the caller", () => {
    const own = table.filter(([, { path }]) => /^\/me(?:\/|$)/.test(path));
    expect(own.length).toBeGreaterThan(0);
    for (const [, route] of own) expect(route.authorizer).toBe("token");
  });

  it("is open in these places and no other", () => {
    const open = table.filter(([, { authorizer }]) => authorizer === "none").map(([name]) => name);
    expect(open.sort()).toEqual([
      "forgotPassword",
      "health",
      "jwks",
      "login",
      "logout",
      "oauthServerMetadata",
      "openapi",
      "openidConfiguration",
      "problem",
      "refresh",
      "register",
      "requestEmailVerification",
      "resetPassword",
      "undoEmailChange",
      "verifyEmail",
    ]);
  });

  it("takes a refresh token in two places and no other, and says what may be wrong with it", () => {
    const taking = table.filter(([, { credentials }]) => credentials !== undefined);
    expect(taking.map(([name]) => name)).toEqual(["refresh", "logout"]);
    for (const [, route] of taking) {
      expect(route).toMatchObject({ method: "POST", body: RefreshRequest });
      expect(route.errors).toEqual(expect.arrayContaining(refreshTokenFaults));
    }
  });

  it("checks the page on every open route that changes something", () => {
    const checking = table.filter(([, { errors }]) => errors.includes("origin_refused"));
    const changing = table.filter(([, { authorizer, method }]) => authorizer === "none" && method !== "GET");
    expect(checking.map(([name]) => name)).toEqual(changing.map(([name]) => name));
  });

  it("honours an Idempotency-Key where an account is made or a mail is sent", () => {
    const idempotent = table.filter(([, route]) => route.idempotent);
    expect(idempotent.map(([name]) => name)).toEqual([
      "register",
      "requestEmailVerification",
      "forgotPassword",
      "changeEmail",
    ]);
    for (const [, route] of idempotent) expect(route).toMatchObject({ method: "POST" });
  });

  it("still has every route that was ever released, where and as guarded as it was", () => {
    const told = table.map(([, { method, path, scope }]) => `${method} ${path} ${scope ?? "open"}`);
    expect(told).toEqual(expect.arrayContaining(released));
  });

  it("tells of a session no part of a token", () => {
    expect(Object.keys(Session.properties)).toEqual([
      "id",
      "current",
      "label",
      "sourceIp",
      "userAgent",
      "createdAt",
      "lastUsedAt",
      "expiresAt",
    ]);
  });
});

it.each([
  ["me", "me"],
  ["changeMe", "change-me"],
  ["verifyNewEmail", "verify-new-email"],
])("the handler of %s is in %s.ts", (name, file) => {
  expect(handlerFile(name)).toBe(file);
});
