import { describe, expect, it } from "vitest";
import { errors } from "./errors.ts";
import { handlerFile, type Route } from "./route.ts";
import { routes } from "./routes.ts";
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
}

/** A schema and all those inside it. */
function withParts(schema: Schema): readonly Schema[] {
  const parts = [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? [])];
  return [schema, ...[...parts, ...(schema.items ? [schema.items] : [])].flatMap(withParts)];
}

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
      expect(schema).toHaveProperty("maxLength");
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
      const texts = withParts(schema).filter(({ type }) => type === "string");
      for (const text of texts) expect(text).toHaveProperty("maxLength");
    }
  });

  it("has a body where one is sent", () => {
    expect(route.body !== undefined).toBe(["POST", "PUT", "PATCH"].includes(route.method));
  });

  it("answers a success with a described object", () => {
    expect(route.answer.status).toBeGreaterThanOrEqual(200);
    expect(route.answer.status).toBeLessThan(300);
    expect(route.answer.body).toMatchObject({ type: "object" });
  });

  it("answers no key that looks like a secret", () => {
    const keys = withParts(route.answer.body as Schema).flatMap((part) => Object.keys(part.properties ?? {}));
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
    expect(open.sort()).toEqual(["health", "jwks", "login", "problem", "register"]);
  });
});

it.each([
  ["me", "me"],
  ["changeMe", "change-me"],
  ["verifyNewEmail", "verify-new-email"],
])("the handler of %s is in %s.ts", (name, file) => {
  expect(handlerFile(name)).toBe(file);
});
