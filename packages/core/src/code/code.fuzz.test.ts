import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLetter, anyText } from "../../test/any-text.ts";
import { itemOf, putItem } from "../../test/items.ts";
import { codeOf } from "../../test/refusal.ts";
import { newId } from "../id.ts";
import { purposes } from "./code.entity.ts";
import * as Code from "./index.ts";

const numRuns = 200;

async function minted(purpose: Code.Purpose): Promise<Code.CodeItem> {
  const code = await Code.mint(
    purpose,
    { userId: newId(), epoch: 0 },
    { email: "a@example.com", jobId: newId() },
  );
  if (!code) throw new Error("no code was made");
  return code;
}

describe.each(purposes)("property: a link of the purpose %s", async (purpose) => {
  const code = await minted(purpose);
  const token = await Code.linkToken(code);
  const undo = await Code.linkToken(code, "undo");
  const [person = "", mac = ""] = token.split(".");

  async function expectRefused(text: string): Promise<void> {
    if (text !== token) expect(await codeOf(Code.readLink(purpose, text))).toBe("invalid_code");
    if (text !== undo) expect(await codeOf(Code.readLink(purpose, text, "undo"))).toBe("invalid_code");
  }

  it("is no text but its own", async () => {
    const pieces = fc.array(fc.oneof(anyText(), fc.constantFrom(person, mac, newId())));
    const texts = fc.oneof(
      anyText(),
      fc.base64String(),
      pieces.map((some) => some.join(".")),
    );
    await fc.assert(fc.asyncProperty(texts, expectRefused), { numRuns });
    expect(await Code.readLink(purpose, token)).toMatchObject({ ...code });
  });

  it("is refused if it differs anywhere", async () => {
    const edits = fc.tuple(
      fc.constantFrom(token, undo),
      fc.nat({ max: token.length }),
      fc.nat({ max: 20 }),
      anyText({ maxLength: 20 }),
    );
    const changed = edits.map(([text, at, gone, added]) => text.slice(0, at) + added + text.slice(at + gone));
    await fc.assert(fc.asyncProperty(changed, expectRefused), { numRuns });
  });

  it("is refused with any one character another one", async () => {
    const letter = fc.oneof(anyLetter, fc.constantFrom(..."0azAZ_-.="));
    const changed = fc
      .tuple(fc.constantFrom(token, undo), fc.nat({ max: token.length - 1 }), letter)
      .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));
    await fc.assert(fc.asyncProperty(changed, expectRefused), { numRuns });
  });

  it("has digits that are no other text", async () => {
    const fresh = await itemOf(code.userId, `code#${purpose}`);
    const digits = await Code.typedCode(code);
    const texts = fc.oneof(
      anyText(),
      fc.stringMatching(/^\d{5,7}$/),
      fc.constantFrom("__proto__", "A".repeat(5000), `${digits} `, `0${digits}`, token),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        fc.pre(text !== digits);
        await putItem(fresh);
        expect(await codeOf(Code.readTyped(purpose, code.userId, text))).toBe("invalid_code");
      }),
      { numRuns: 100 },
    );
    await putItem(fresh);
    expect(await Code.readTyped(purpose, code.userId, digits)).toMatchObject({ nonce: code.nonce });
  });
});
