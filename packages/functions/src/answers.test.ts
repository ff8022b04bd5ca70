/** What each route answers where all is well: what the contract says of it, and no member more. */
import { type Route, type RouteName, routes } from "@gatehouse/contract";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { handlerOf } from "../test/handler-of.ts";
import { logInAgain, newEmail, newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";

captureStdout();

/** As much of a JSON schema as is looked at here. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The schema with every object in it closed: what is not described may not be there. */
function closed(schema: Schema): object {
  const { properties, items, anyOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, closed(each)])),
      additionalProperties: false,
    }),
    ...(items && { items: closed(items) }),
    ...(anyOf && { anyOf: anyOf.map(closed) }),
  };
}

const ajv = new Ajv({ allErrors: true, validateFormats: false });

/** For routes that spend what was mailed. */
const mailed: { readonly [Name in RouteName]?: (person: Person) => Promise<string> } = {
  verifyEmail: async (person) => (await newCode("verify_email", person)).token,
  resetPassword: async (person) => (await newCode("reset_password", person)).token,
  confirmEmail: async (person) => (await newCode("change_email", person, newEmail())).token,
  undoEmailChange: async (person) => (await newCode("change_email", person, newEmail())).undo,
};

const all = Object.values<Route>(routes);

describe.each(all.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", (_, route) => {
  it("answers what the contract says and nothing else, to be kept as long as it says", async () => {
    const person = await newPerson();
    await logInAgain(person);
    const { body, params } = sampleOf(route, person);
    const token = await mailed[route.name as RouteName]?.(person);
    const answer = await call(await handlerOf(route.name), {
      method: route.method,
      path: route.path,
      context: person.context,
      ...(params && { params }),
      ...(body && { body: { ...body, ...(token && { token }) } }),
    });
    expect(answer.status).toBe(route.answer.status);
    const keep = route.cacheSeconds === undefined ? "no-store" : `public, max-age=${route.cacheSeconds}`;
    expect(answer.headers["cache-control"]).toBe(keep);
    const { body: schema } = route.answer;
    if (!schema) return expect(answer.text).toBe("");
    const isDescribed = ajv.compile(closed(schema as Schema));
    isDescribed(answer.body);
    expect(isDescribed.errors ?? []).toEqual([]);
  });
});
