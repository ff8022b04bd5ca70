import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLetter, anyText } from "../../test/any-text.ts";
import { codeOf } from "../../test/refusal.ts";
import { newId } from "../id.ts";
import { read, write } from "./refresh-token.ts";
import { newSessionId } from "./seat.ts";

const numRuns = 500;

const sessions = fc.record({
  userId: fc.constantFrom(...Array.from({ length: 20 }, newId)),
  sessionId: fc.constantFrom(...Array.from({ length: 20 }, () => newSessionId())),
  generation: fc.nat({ max: 999_999_999 }),
});

async function expectRefused(text: string): Promise<void> {
  expect(await codeOf(read(text))).toBe("invalid_refresh_token");
}

describe("property: a refresh token", () => {
  it("of whatever session and generation is read as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (session) => {
        expect(await read(await write(session))).toEqual(session);
      }),
      { numRuns },
    );
  });

  it("of whatever session is refused with any one character another one", async () => {
    const letter = fc.oneof(
      fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.="),
      anyLetter,
    );
    // Often the last one, which has two bits to spare.
    const fromEnd = fc.oneof(fc.constant(0), fc.nat());
    await fc.assert(
      fc.asyncProperty(sessions, fromEnd, letter, async (session, index, other) => {
        const text = await write(session);
        const at = text.length - 1 - (index % text.length);
        fc.pre(text[at] !== other);
        await expectRefused(text.slice(0, at) + other + text.slice(at + 1));
      }),
      { numRuns },
    );
  });

  it("is refused if it differs anywhere from one that this stage made", async () => {
    const edits = fc.tuple(fc.nat(), fc.nat({ max: 20 }), fc.string({ maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(sessions, edits, async (session, [index, removed, added]) => {
        const text = await write(session);
        const at = index % (text.length + 1);
        const changed = text.slice(0, at) + added + text.slice(at + removed);
        fc.pre(changed !== text);
        await expectRefused(changed);
      }),
      { numRuns },
    );
  });

  it("with the MAC of any other session or generation is refused", async () => {
    await fc.assert(
      fc.asyncProperty(sessions, sessions, async (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const [stem, mac] = [(await write(one)).slice(0, -43), (await write(other)).slice(-43)];
        await expectRefused(stem + mac);
      }),
      { numRuns },
    );
  });

  it("is no other text at all", async () => {
    const pieces = fc.array(fc.oneof(anyText(), fc.constantFrom(newId(), newSessionId(), "0")));
    const texts = fc.oneof(
      anyText(),
      fc.base64String(),
      pieces.map((some) => some.join(".")),
    );
    await fc.assert(fc.asyncProperty(texts, expectRefused), { numRuns });
  });
});
