/** The document says everything of every route, is valid, and shows nothing that its own schemas would refuse. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type ErrorCode, errors } from "../errors.ts";
import type { Route } from "../route.ts";
import { errorsOf } from "../route-errors.ts";
import { routes } from "../routes.ts";
import * as account from "../schemas/account.ts";
import * as event from "../schemas/event.ts";
import * as health from "../schemas/health.ts";
import * as key from "../schemas/key.ts";
import * as openapi from "../schemas/openapi.ts";
import * as problem from "../schemas/problem.ts";
import * as session from "../schemas/session.ts";
import * as user from "../schemas/user.ts";
import { openApiDocument, type Reference, type Response } from "./index.ts";

const root = join(import.meta.dirname, "../../../..");
const document = openApiDocument("https://auth.example.com");
const all = Object.values<Route>(routes);

function operation({ path, method }: Route) {
  const found = document.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`the document has no ${method} ${path}`);
  return found;
}

/** A part of the document, or what it refers to. */
function resolve<T extends object>(part: T | Reference): T {
  if (!("$ref" in part)) return part;
  return part.$ref
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], document) as T;
}

const nothing: Response = { description: "" };

describe("the document", () => {
  it("is in docs/openapi.json as it is made today", async () => {
    const script = join(root, "scripts/build-openapi.ts");
    const { stderr } = await promisify(execFile)(process.execPath, [script, "--check"]);
    expect(stderr).toBe("");
  });

  it("is valid, without a warning of the rules that Redocly recommends", async () => {
    const config = await createConfig({
      extends: ["recommended"],
      rules: {
        // What is committed is of nobody's stage.
        "no-server-example.com": "off",
      },
    });
    const found = await lintFromString({ source: JSON.stringify(document), config });
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it("has the version of the package", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(document.info.version).toBe(version);
  });

  it("says where the API is, and where its problems are explained", () => {
    const here = openApiDocument("http://localhost:3000");
    expect(here.servers).toEqual([{ url: "http://localhost:3000" }]);
    expect(here.components.examples["invalid_token"]?.value).toMatchObject({
      type: "http://localhost:3000/problems/invalid_token",
    });
  });

  it("has the routes of the table and no other", () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(told.toSorted()).toEqual(all.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it("has every schema of the contract under its own name, with a description, and no copy of it", () => {
    const exported = { ...account, ...event, ...health, ...key, ...openapi, ...problem, ...session, ...user };
    const asParameters = all.flatMap(({ params, query }) => [params, query]);
    const schemas = Object.entries<object>(exported).filter(
      ([, value]) => ("type" in value || "anyOf" in value) && !asParameters.includes(value as never),
    );
    expect(Object.keys(document.components.schemas).toSorted()).toEqual(
      schemas.map(([name]) => name).toSorted(),
    );
    const texts = Object.values(document.components.schemas).map((schema) => JSON.stringify(schema));
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect([name, schema]).toEqual([name, expect.objectContaining({ description: expect.any(String) })]);
      expect(texts.filter((text) => text.includes(JSON.stringify(schema)))).toHaveLength(1);
    }
    expect(new Set(schemas.map(([, schema]) => JSON.stringify(schema))).size).toBe(schemas.length);
  });
});

describe.each(all.map((route) => [route.name, route] as const))("%s", (_, route) => {
  const { operationId, summary, tags, security, parameters = [], requestBody, responses } = operation(route);
  const failures = Object.entries(responses).filter(([status]) => Number(status) >= 400);

  it("is named, summed up and in a group", () => {
    expect([operationId, summary]).toEqual([route.name, route.summary]);
    expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining([...tags]));
    expect(tags).toHaveLength(1);
  });

  it("is open, or says which token and scope it needs", () => {
    if (route.authorizer === "token") return expect(security).toEqual([{ accessToken: [route.scope] }]);
    expect(security.some((one) => Object.keys(one).length > 0)).toBe(route.credentials !== undefined);
  });

  it("names what stands in its path, its query and its headers", () => {
    const names = parameters.map((parameter) => resolve(parameter).name);
    const [params, query] = [route.params, route.query] as ({ properties: object } | undefined)[];
    expect(names).toEqual([
      ...Object.keys(params?.properties ?? {}),
      ...Object.keys(query?.properties ?? {}),
      ...(route.idempotent ? ["Idempotency-Key"] : []),
    ]);
  });

  it("has every status and code that it may answer, each with an example of its own", () => {
    const told = failures.flatMap(([status, response]) => {
      const { content } = resolve<Response>(response);
      const { schema, examples } = content?.["application/problem+json"] ?? { schema: {}, examples: {} };
      const codes = (schema as { properties: { code: { enum: ErrorCode[] } } }).properties.code.enum;
      expect(Object.keys(examples)).toEqual(codes);
      for (const [code, example] of Object.entries(examples)) {
        expect(resolve(example)).toMatchObject({ value: { code, status: Number(status) } });
      }
      return codes.map((code) => `${status} ${code}`);
    });
    expect(told.toSorted()).toEqual(
      errorsOf(route)
        .map((code) => `${errors[code].status} ${code}`)
        .toSorted(),
    );
  });

  it("says where the gateway may answer in place of its function", () => {
    const byGateway = failures.filter(
      ([, response]) => resolve<Response>(response).content?.["application/json"],
    );
    const always = [...(route.params ? ["404"] : []), ...(route.body ? ["413"] : []), "429", "500", "503"];
    expect(byGateway.map(([status]) => status)).toEqual([
      ...(route.authorizer === "token" ? ["401", "403"] : []),
      ...always,
    ]);
  });

  it("says when to come back, how to be let in, and how long to keep what it answers", () => {
    for (const [status, response] of failures) {
      const { headers } = resolve<Response>(response);
      const codes = errorsOf(route).filter((code) => String(errors[code].status) === status);
      const waits = ["429", "503"].includes(status) || codes.includes("request_in_progress");
      expect(headers?.["Retry-After"] !== undefined).toBe(waits);
      const challenges = status === "401" || codes.includes("insufficient_scope");
      expect(headers?.["WWW-Authenticate"] !== undefined).toBe(challenges);
    }
    const keep = route.cacheSeconds === undefined ? "no-store" : `public, max-age=${route.cacheSeconds}`;
    const { headers } = resolve<Response>(responses[route.answer.status] ?? nothing);
    expect(headers?.["Cache-Control"]).toMatchObject({ schema: { const: keep } });
  });

  it("shows what is sent and what is answered", () => {
    const sent = Object.keys(requestBody?.content["application/json"]?.examples ?? {});
    expect(sent.length > 0).toBe(route.body !== undefined);
    const { content } = resolve<Response>(responses[route.answer.status] ?? nothing);
    const answered = Object.keys(content?.["application/json"]?.examples ?? {});
    expect(answered.length > 0).toBe(route.answer.body !== undefined);
  });
});

it.each(["login", "refresh"] as const)(
  "%s is shown with the refresh token in JSON and in the cookie",
  (name) => {
    const { requestBody, responses } = operation(routes[name]);
    const { content, headers } = resolve<Response>(responses["200"] ?? nothing);
    for (const examples of [
      requestBody?.content["application/json"]?.examples,
      content?.["application/json"]?.examples,
    ])
      expect(Object.keys(examples ?? {})).toEqual(["bearer", "cookie"]);
    expect(headers).toHaveProperty("Set-Cookie");
  },
);

describe("every example", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  beforeAll(() => void ajv.addSchema(document, "document"));

  /** Where in the document examples stand beside their schema. */
  function* places(
    part: unknown,
    pointer: string,
  ): Generator<[pointer: string, part: Record<string, unknown>]> {
    if (typeof part !== "object" || part === null) return;
    if ("schema" in part) yield [pointer, part as Record<string, unknown>];
    for (const [name, inner] of Object.entries(part)) {
      yield* places(inner, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    }
  }

  it("fits its schema", () => {
    let seen = 0;
    for (const [pointer, { example, examples = {} }] of places(document, "#")) {
      const isValid = ajv.getSchema(`document${encodeURI(pointer)}/schema`);
      if (!isValid) throw new Error(`${pointer} has no schema`);
      const values = Object.values(examples as Record<string, { value: unknown }>).map(
        (each) => resolve(each).value,
      );
      for (const value of [...values, ...(example === undefined ? [] : [example])]) {
        isValid(value);
        expect([pointer, value, isValid.errors ?? []]).toEqual([pointer, value, []]);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(90);
  });
});
