import { afterEach, describe, expect, it, vi } from "vitest";
import { respell } from "../../test/forge.ts";
import { deleteItem, itemOf, itemsOf } from "../../test/items.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { type Interceptor, intercepted, requestsOf } from "../../test/requests.ts";
import { atSecond } from "../../test/session.ts";
import { setSecrets } from "../../test/stage-keys.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { newId } from "../id.ts";
import { secret } from "../secrets.ts";
import { purposes } from "./code.entity.ts";
import * as Code from "./index.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function minted(purpose: Code.Purpose = "verify_email", userId = newId()): Promise<Code.CodeItem> {
  const code = await Code.mint(purpose, { userId, epoch: 0 }, { email: "a@example.com", jobId: newId() });
  if (!code) throw new Error("no code was made");
  return code;
}

const code = await minted();
const token = await Code.linkToken(code);
const [person = "", mac = ""] = token.split(".");

async function isRefused(text: string): Promise<void> {
  expect(await codeOf(Code.readLink("verify_email", text))).toBe("invalid_code");
}

describe("a link", () => {
  it("is read as what it was made for, as often as it is asked: reading spends nothing", async () => {
    for (let time = 0; time < 3; time += 1)
      expect(await Code.readLink("verify_email", token)).toMatchObject({ ...code });
    expect(await itemsOf(code.userId)).toMatchObject([{ ...code }]);
  });

  it("costs one consistent read, right or wrong, and none where it names nobody", async () => {
    const read = (text: string) =>
      requestsOf(() => Code.readLink("verify_email", text).catch(() => undefined));
    const once = [{ operation: "GetItem", input: { ConsistentRead: true } }];
    expect(await read(token)).toMatchObject(once);
    expect(await read(`${person}.wrong`)).toMatchObject(once);
    expect(await read(`${newId()}.${mac}`)).toMatchObject(once);
    expect(await read(`nobody.${mac}`)).toEqual([]);
  });

  it.each(purposes)(
    "to %s works until the second it expires, while the item is still there",
    async (purpose) => {
      atSecond(0);
      const each = await minted(purpose);
      const text = await Code.linkToken(each);
      atSecond(Code.linkSeconds[purpose] - 0.001);
      await expect(Code.readLink(purpose, text)).resolves.toMatchObject({ ...each });
      atSecond(Code.linkSeconds[purpose]);
      expect(await codeOf(Code.readLink(purpose, text))).toBe("invalid_code");
      expect(await itemsOf(each.userId)).toHaveLength(1);
    },
  );

  it("whose item is gone is as expired as any", async () => {
    const each = await minted();
    await deleteItem(await itemOf(each.userId, "code#verify_email"));
    await isRefused(await Code.linkToken(each));
  });

  it("is void once another is asked for", async () => {
    const first = await minted();
    const second = await minted("verify_email", first.userId);
    await isRefused(await Code.linkToken(first));
    await expect(Code.readLink("verify_email", await Code.linkToken(second))).resolves.toBeDefined();
  });

  it("cannot be read while the table is down, and nobody is told that it is wrong", async () => {
    const down: Interceptor = () =>
      Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
    const attempt = intercepted(down, () => Code.readLink("verify_email", token));
    expect(await codeOf(attempt)).toBe("unavailable");
  });
});

describe("a link is refused", () => {
  it("with any of its characters another one", async () => {
    for (let at = 0; at < token.length; at += 1)
      for (const letter of ["0", "A", "z", "-", ".", "=", "\0", "\ud800", "\u212a"])
        if (token[at] !== letter) await isRefused(token.slice(0, at) + letter + token.slice(at + 1));
  });

  it("cut off anywhere", async () => {
    for (let at = 0; at < token.length; at += 1) {
      await isRefused(token.slice(0, at));
      await isRefused(token.slice(at + 1));
    }
  });

  it("in the other spellings of the same bytes", async () => {
    const bytes = Buffer.from(mac, "base64url");
    const spellings = [
      respell(mac),
      `${mac}=`,
      `${mac}==`,
      bytes.toString("hex"),
      `${mac.slice(0, 9)}\n${mac.slice(9)}`,
    ];
    for (const spelling of spellings) await isRefused(`${person}.${spelling}`);
  });

  it("in upper or lower case, padded, quoted or repeated", async () => {
    const cases = [token.toUpperCase(), `${person.toUpperCase()}.${mac}`, `${person}.${mac.toLowerCase()}`];
    const around = [` ${token}`, `${token} `, `${token}\n`, `"${token}"`, `${token}.`, `.${token}`];
    const more = [`${token}.${token}`, `${token}.${mac}`, `${person}..${mac}`, `${token},${token}`];
    for (const text of [...cases, ...around, ...more]) await isRefused(text);
  });

  it.each([
    "",
    ".",
    "..",
    "null",
    "undefined",
    "{}",
    "__proto__",
    "constructor.constructor",
    "\0",
    "\ud800",
    "é",
  ])("that is %j", isRefused);

  it.each(["a", ".", "é", "\ud800", `${person}.`])("that is 5,000 characters of %j", async (letter) => {
    await isRefused(letter.repeat(5000).slice(0, 5000));
  });

  it("that is its person's id and 5,000 characters more", async () => {
    await isRefused(`${person}.${"A".repeat(5000)}`);
    await isRefused(`${token}${"A".repeat(5000)}`);
  });

  it("of another stage, and made with another secret of this one", async () => {
    const CODE_KEY = await secret("CODE_KEY");
    const made = [];
    for (const name of ["PASSWORD_PEPPER", "REFRESH_KEY"] as const) {
      setSecrets({ CODE_KEY: await secret(name) });
      made.push(await Code.linkToken(code));
    }
    setSecrets({ CODE_KEY: generateSecrets().CODE_KEY });
    made.push(await Code.linkToken(code));
    await isRefused(token);
    setSecrets({ CODE_KEY });
    for (const text of made) await isRefused(text);
    await expect(Code.readLink("verify_email", token)).resolves.toBeDefined();
  });

  it("alike, whatever is wrong with it, and without a word of it in the log", async () => {
    atSecond(0);
    const old = await minted();
    const oldToken = await Code.linkToken(old);
    atSecond(86_400);
    const texts = ["nonsense", `${newId()}.${mac}`, `${old.userId}.${mac}`, oldToken];
    const refusals = await Promise.all(texts.map((text) => refusalOf(Code.readLink("verify_email", text))));
    expect(refusals.map(({ cause }) => cause)).toEqual(["malformed", "there is none", "another", "expired"]);
    const shown = refusals.map(({ code: each, message, fields }) => JSON.stringify([each, message, fields]));
    expect(new Set(shown).size).toBe(1);
  });
});
