/** What makes a password too weak is the same by every way that leads to one, and each says why. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../test/items.ts";
import { ownerName, type Way, ways } from "../../test/password-ways.ts";
import { refusalOf } from "../../test/refusal.ts";
import { forgetConfig } from "../config.ts";

beforeEach(() => {
  vi.stubEnv("APP_NAME", "Tulipwerk Notes");
  forgetConfig();
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

const localPart = (email: string) => email.slice(0, email.indexOf("@"));
const reversed = (text: string) => [...text].reverse().join("");

const tooShort = /^is shorter than 8 characters/;
const tooLong = /^is longer than 1,024 bytes/;
const broken = /^has a broken character/;
const common = /^is one of the most used passwords/;
const personal = /^is little more than your email, your name or the name of this service/;
const order = /^is little more than letters or digits in their usual order/;
const walk = /^is little more than neighbouring keys/;
const repeat = /^is a few characters over and over/;

type Weak = string | ((email: string) => string);

describe.each(Object.entries(ways))("%s", (_, begin) => {
  let way: Way;
  beforeAll(async () => {
    way = await begin();
  });

  it.each<[string, Weak, RegExp]>([
    ["nothing", "", tooShort],
    ["seven characters of two code units each", "🔑🚪🌙🌊🦊🐻🐼", tooShort],
    ["eight code points that compose to seven", "xkv\u0065\u0301qzw", tooShort],
    ["more than 1,024 bytes in fewer characters", "\u6F22".repeat(342), tooLong],
    ["half a character", "violet marmalade\uD83D", broken],
    ["the other half", "\uDE00violet marmalade", broken],
    ["what stands for lost bytes", "violet\uFFFDmarmalade", broken],
    ["a common one", "sunshine1", common],
    ["a common one in capitals, with signs for letters", "P@$$W0RD", common],
    ["a common one in full-width letters", "ｐａｓｓｗｏｒｄ", common],
    ["a common one with a year", "Sunshine2026!", common],
    ["the email", (email) => email, personal],
    ["the email in capitals", (email) => email.toUpperCase(), personal],
    ["the email backwards", reversed, personal],
    ["its local part", localPart, personal],
    ["its local part with a year", (email) => `${localPart(email)}2026`, personal],
    ["a word of it", "wilhelmina#1!", personal],
    ["the name", ownerName, personal],
    ["the name in one word, backwards", reversed("WilhelminaAshdown"), personal],
    ["the name with signs for letters", "W1lh3lm1na.4shd0wn", personal],
    ["this product", "GateHouse#1!", personal],
    ["this product as the stage calls it", "TulipwerkNotes#1", personal],
    ["one character", "aaaaaaaaaaaa", repeat],
    ["a few characters again and again", "xk7xk7xk7xk7", repeat],
    ["the alphabet", "abcdefghijkl", order],
    ["counting down", "9876543210", order],
    ["a row of keys", "qwertzuiop", walk],
    ["columns of keys", "zse4xdr5cft6", walk],
  ])("%s is refused with the reason, and nothing changes", async (_, weak, reason) => {
    const before = await readTable();
    const refusal = await refusalOf(way.set(typeof weak === "string" ? weak : weak(way.email)));
    const fields = [{ pointer: way.pointer, message: expect.stringMatching(reason) }];
    expect(refusal).toMatchObject({ code: "weak_password", fields });
    expect(await readTable()).toEqual(before);
  });
});
