import type { TSchema } from "typebox";
import { expect, it } from "vitest";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Every field of a body, however deep it lies. */
function fieldsOf(schema: Schema): readonly string[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...Object.keys(schema.properties ?? {}), ...inner.flatMap(fieldsOf)];
}

function fieldsNamed(pattern: RegExp, bodyOf: (route: Route) => TSchema | undefined): readonly string[] {
  const fields = Object.values<Route>(routes).flatMap((route) => fieldsOf((bodyOf(route) ?? {}) as Schema));
  return [...new Set(fields)].filter((field) => pattern.test(field)).toSorted();
}

const sent = (route: Route) => route.body;
const answered = (route: Route) => route.answer.body;

// OWASP ASVS 5.0, 6.4.2.
it("nothing stands in for a password: no route keeps or tells a hint, a question or the answer to one", () => {
  const standIns = /hint|question|answer|reminder|maiden|school|birth/i;
  expect([fieldsNamed(standIns, sent), fieldsNamed(standIns, answered)]).toEqual([[], []]);
});

it("a password is sent in three fields and told in none", () => {
  expect(fieldsNamed(/password/i, sent)).toEqual(["currentPassword", "newPassword", "password"]);
  expect(fieldsNamed(/password/i, answered)).toEqual([]);
});
