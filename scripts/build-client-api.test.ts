/** What the client knows of the contract is what the contract says: as text, as types, and when it runs. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type AnswerOf,
  type BodyOf,
  errors,
  errorsOf,
  type FieldError,
  type ParamsOf,
  type Problem,
  type QueryOf,
  type Route,
  type RouteName,
  routes,
} from "@gatehouse/contract";
import { expect, expectTypeOf, it } from "vitest";
import * as generated from "../packages/client/src/api.generated.ts";

const source = join(import.meta.dirname, "../packages/client/src/api.generated.ts");

it("the client's types are those of today's contract", async () => {
  const script = join(import.meta.dirname, "build-client-api.ts");
  const { stderr } = await promisify(execFile)(process.execPath, [script, "--check"]);
  expect(stderr).toBe("");
});

/** The same type, but that nothing of it can be written to. */
type Frozen<T> = unknown extends T ? T : T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** True only where the two are one: each of them in the place of the other, readonly and optional included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Contract = typeof routes;

type SentBy<R extends Route> = R extends { body: object }
  ? BodyOf<R>
  : R extends { params: object }
    ? ParamsOf<R>
    : R extends { query: object }
      ? { [Key in keyof QueryOf<R>]: QueryOf<R>[Key] | number }
      : undefined;

/** Where the client adds something that nobody gives it. */
interface InputOf extends Record<RouteName, unknown> {
  login: Omit<BodyOf<Contract["login"]>, "transport">;
  refresh: undefined;
  logout: undefined;
}

type Added = "login" | "refresh" | "logout";
type Input<Name extends RouteName> = Name extends Added ? InputOf[Name] : SentBy<Contract[Name]>;

/** The routes of which the client says something else than the contract. */
type Wrong = {
  [Name in RouteName]: Same<
    generated.Routes[Name],
    {
      readonly input: Frozen<Input<Name>>;
      readonly answer: Frozen<AnswerOf<Contract[Name]>>;
      readonly errors: generated.Routes[Name]["errors"];
      readonly idempotent: Contract[Name] extends { idempotent: true } ? true : false;
    }
  > extends true
    ? never
    : Name;
}[RouteName];

it("each method takes and answers the very types of its route", () => {
  // The compiler is who checks.
  expectTypeOf<Wrong>().toBeNever();
  expectTypeOf<keyof generated.Routes>().toEqualTypeOf<RouteName>();
  expectTypeOf<Same<generated.Problem, Frozen<Problem>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<generated.FieldError, Frozen<FieldError>>>().toEqualTypeOf<true>();
});

it("it calls every route as the contract says", () => {
  const table: Readonly<Record<string, { path: string; sends?: string }>> = generated.routes;
  const expected = Object.values<Route>(routes).map((route) => [
    route.name,
    {
      method: route.method,
      path: route.path,
      ...(route.body && { sends: "body" }),
      ...(route.params && { sends: "path" }),
      ...(route.query && { sends: "query" }),
      ...(route.authorizer === "token" && { token: true }),
      ...(route.idempotent && { idempotent: true }),
    },
  ]);
  expect(table).toEqual(Object.fromEntries(expected));
});

it("each method lists the errors of its route", async () => {
  const text = await readFile(source, "utf8");
  for (const route of Object.values<Route>(routes)) {
    const [, listed = ""] = new RegExp(`readonly ${route.name}: \\{.*?errors:(.*?);`, "s").exec(text) ?? [];
    expect([...listed.matchAll(/"(\w+)"/g)].map(([, code]) => code)).toEqual(errorsOf(route));
  }
});

it("it knows every code", () => {
  expect(generated.errorCodes).toEqual(Object.keys(errors));
});
