/** Every field of every body of the contract, under each value that it might be sent instead of its own. */
import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { handlerOf } from "../test/handler-of.ts";
import { oddValues } from "../test/json-catalogue.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts } from "../test/table.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

/** Good values for fields that the samples leave out. */
const leftOut: Readonly<Record<string, string>> = {
  name: "Ada",
  locale: "en",
  picture: "https://example.com/ada.png",
  transport: "bearer",
  deviceLabel: "laptop",
  code: "123456",
  email: "test@example.com",
};

const fields = Object.values<Route>(routes).flatMap((route) => {
  const { properties = {} } = (route.body ?? {}) as { properties?: object };
  return Object.keys(properties).map((field) => [route.name, field, route] as const);
});

describe.each(fields)("sent to %s as its %s", async (name, field, route) => {
  const handler = await handlerOf(name);

  /** A good body but for this field, which is what is given, as JSON. The email is taken: no account comes of it. */
  function bodyWith(json: string): string {
    const good = { ...sampleOf(route, person).body, ...(name === "register" && { email: person.email }) };
    return JSON.stringify({ ...good, [field]: "HERE" }).replace('"HERE"', () => json);
  }

  function goodValue(): string {
    const good = sampleOf(route, person).body as Readonly<Record<string, string>>;
    return String(good[field] ?? leftOut[field]);
  }

  /** What each of these bodies is answered, after a look that nothing was changed: `status code`. */
  async function answersTo(bodies: readonly string[]): Promise<string[]> {
    const before = await readAccounts();
    const found = new Set<string>();
    for (const body of bodies) {
      const answer = await call(handler, { method: route.method, body, context: person.context });
      if (answer.status === 422)
        expect(answer.body.errors).toContainEqual({ pointer: `/${field}`, message: expect.any(String) });
      found.add(`${answer.status} ${answer.body.code}`);
    }
    expect(await readAccounts()).toEqual(before);
    return [...found];
  }

  it("what is no text is refused by the field's name and changes nothing", async () => {
    // A profile's field is cleared by null (RFC 7396).
    const values = name === "changeMe" ? oddValues : ["null", ...oddValues];
    expect(await answersTo(values.map(bodyWith))).toEqual(["422 validation_failed"]);
  });

  it("what would reach a prototype is no JSON of ours and changes nothing", async () => {
    const values = [
      '{"__proto__":{"roles":["admin"]}}',
      '{"__proto__":null}',
      '[[{"a":{"\\u005f_proto__":[]}}]]',
      '{"constructor":{"prototype":{"roles":["admin"]}}}',
      '{"a":[{"constructor":{"prototype":null}}]}',
    ];
    expect(await answersTo(values.map(bodyWith))).toEqual(["400 invalid_json"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("what is sent twice is judged by the last, and hides nothing that would be refused", async () => {
    const twice = (last: string) =>
      bodyWith(`${JSON.stringify(goodValue())},${JSON.stringify(field)}:${last}`);
    expect(await answersTo(['{"$ne":null}', "[]", "1e400"].map(twice))).toEqual(["422 validation_failed"]);
  });

  // But a new password may have any character, and is read in full: hostile-bodies.test.ts.
  if (field === "newPassword") return;
  it("its own text with a NUL, half a character or a line break in it is another text, and changes nothing", async () => {
    const good = goodValue();
    const half = Math.floor(good.length / 2);
    const texts = ["\0", "\ud800", "\udc00", "\r\nX-Admin: 1"].flatMap((odd) => [
      odd + good,
      good + odd,
      good.slice(0, half) + odd + good.slice(half),
    ]);
    const answers = await answersTo(texts.map((text) => bodyWith(JSON.stringify(text))));
    for (const answer of answers) expect(answer).toMatch(/^4\d\d /);
  });
});
