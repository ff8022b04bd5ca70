import { type Route, routes } from "@gatehouse/contract";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { call } from "../../test/call.ts";
import { handlerOf } from "../../test/handler-of.ts";
import { newPerson, type Person } from "../../test/people.ts";
import { sampleOf } from "../../test/samples.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readAccounts } from "../../test/table.ts";
import * as validators from "../validators.generated.js";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const all = Object.values<Route>(routes);

/** What a caller might put in the place of any part of a body. */
const anything = fc.oneof(
  fc.jsonValue(),
  anyText({ maxLength: 500 }),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.bigInt({ min: 10n ** 30n, max: 10n ** 40n }).map(Number),
  fc.constantFrom({ $ne: null }, { $gt: "" }, [[]], { S: "x" }, { toString: 1 }),
  fc.integer({ min: 1, max: 300 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth))),
);

describe.each(all.filter(({ body }) => body).map((route) => [route.name, route] as const))(
  "property: a body sent to %s",
  async (name, route) => {
    const handler = await handlerOf(name);
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: as the pipeline looks it up
    const isAccepted = validators[name as keyof typeof validators];
    /** What the compiled schema accepts is for the tests of the handlers; no property may log in or change a name. */
    async function expectRefused(value: unknown): Promise<void> {
      const body = JSON.stringify(value);
      fc.pre(!isAccepted({ body: JSON.parse(body) }));
      const answer = await call(handler, { method: route.method, body, context: person.context });
      expect(["400 invalid_json", "422 validation_failed"]).toContain(`${answer.status} ${answer.body.code}`);
    }

    it("that is any JSON is refused where the contract does not have it, and changes nothing", async () => {
      const before = await readAccounts();
      await fc.assert(fc.asyncProperty(fc.jsonValue(), expectRefused), { numRuns: 60 });
      expect(await readAccounts()).toEqual(before);
    });

    it("that is a good one with any of its fields replaced, taken away or added to is as well", async () => {
      const before = await readAccounts();
      const good = { ...sampleOf(route, person).body };
      const field = fc.constantFrom(...Object.keys(good));
      const added = fc.dictionary(fc.oneof(field, anyText()), anything, { maxKeys: 3 });
      const taken = fc.subarray(Object.keys(good));
      await fc.assert(
        fc.asyncProperty(taken, added, async (gone, more) => {
          const kept = Object.entries(good).filter(([key]) => !gone.includes(key));
          await expectRefused({ ...Object.fromEntries(kept), ...more });
        }),
        { numRuns: 150 },
      );
      expect(await readAccounts()).toEqual(before);
    });
  },
);

describe.each(all.filter(({ params }) => params).map((route) => [route.path, route] as const))(
  "property: the variables of %s",
  async (_path, { name, method, params }) => {
    const handler = await handlerOf(name);
    const names = Object.keys((params as unknown as { properties: object }).properties);

    it("that are any text lead nowhere, and nothing changes", async () => {
      const before = await readAccounts();
      const text = fc.oneof(
        anyText(),
        fc.string({ minLength: 1000, maxLength: 5000 }),
        fc.stringMatching(/^[0-9a-z]{28}$/),
        fc.stringMatching(/^[a-z_]{1,64}$/),
        fc.constantFrom(
          "..",
          "%2e%2e%2f",
          "__proto__",
          "constructor",
          "toString",
          "",
          "*",
          "user#1",
          "session#00",
        ),
      );
      const values = fc.record(Object.fromEntries(names.map((each) => [each, text])));
      await fc.assert(
        fc.asyncProperty(values, async (given) => {
          const { status, body } = await call(handler, { method, params: given, context: person.context });
          expect([status, body.code]).toEqual([404, "not_found"]);
        }),
        { numRuns: 300 },
      );
      expect(await readAccounts()).toEqual(before);
    });
  },
);
