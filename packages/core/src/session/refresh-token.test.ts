import crypto from "node:crypto";
import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { respell } from "../../test/forge.ts";
import { codeOf, refusalOf } from "../../test/refusal.ts";
import { config } from "../config.ts";
import { generateSecrets } from "../generate-secrets.ts";
import { newId } from "../id.ts";
import { forgetSecrets } from "../secrets.ts";
import { type Presented, read, write } from "./refresh-token.ts";
import { newSessionId } from "./seat.ts";

vi.mock("node:crypto", { spy: true });

const secretsFile = config().secrets.slice("file:".length);
const secrets = generateSecrets();

function setSecrets(changes: Partial<typeof secrets> = {}): void {
  writeFileSync(secretsFile, JSON.stringify({ ...secrets, ...changes }));
  forgetSecrets();
}

setSecrets();
afterEach(() => setSecrets());

function anySession(generation = 7): Presented {
  return { userId: newId(), sessionId: newSessionId(), generation };
}

async function partsOf(session: Presented): Promise<[string, string, string, string]> {
  return (await write(session)).split(".") as [string, string, string, string];
}

describe("a refresh token", () => {
  it("is derived: asked for twice it is the same text, and it is read as what it was written for", async () => {
    const session = anySession();
    const text = await write(session);
    expect(await write({ ...session })).toBe(text);
    expect(await read(text)).toEqual(session);
    expect(text).toBe(`${session.userId}.${session.sessionId}.7.${text.slice(-43)}`);
  });

  it("ends in 256 bits that are other ones for each user, session, generation and stage", async () => {
    const session = anySession();
    const others = [
      session,
      { ...session, userId: newId() },
      { ...session, sessionId: newSessionId() },
      { ...session, generation: 8 },
    ];
    const macs = (await Promise.all(others.map(partsOf))).map(([, , , mac]) => mac);
    setSecrets({ REFRESH_KEY: generateSecrets().REFRESH_KEY });
    macs.push((await partsOf(session))[3]);
    expect(macs.map((mac) => Buffer.from(mac, "base64url").length)).toEqual(Array(5).fill(32));
    expect(new Set(macs).size).toBe(5);
  });

  it("has at most 109 characters, which its field of 512 and a cookie of 4,096 hold", async () => {
    expect(await write(anySession(999_999_999))).toHaveLength(109);
  });

  it("is compared without telling by the time how much of it was right", async () => {
    const compare = vi.mocked(crypto.timingSafeEqual).mockClear();
    const [userId, sessionId, generation, mac] = await partsOf(anySession());
    const wrong = `${userId}.${sessionId}.${generation}.${"A".repeat(43)}`;
    await read(`${userId}.${sessionId}.${generation}.${mac}`);
    expect(await codeOf(read(wrong))).toBe("invalid_refresh_token");
    expect(compare.mock.calls.map(([given]) => Buffer.from(given as Buffer).toString("base64url"))).toEqual([
      mac,
      Buffer.alloc(32).toString("base64url"),
    ]);
  });
});

describe("a refresh token is refused", () => {
  const session = anySession();
  const other = anySession(8);

  async function isRefused(text: string): Promise<void> {
    expect(await codeOf(read(text))).toBe("invalid_refresh_token");
  }

  it("with any of its characters another one", async () => {
    const text = await write(session);
    for (let at = 0; at < text.length; at += 1) {
      for (const letter of ["0", "1", "a", "A", "z", "_", "-", ".", "=", " ", "\0", "\n", "\u212A"]) {
        if (text[at] !== letter) await isRefused(text.slice(0, at) + letter + text.slice(at + 1));
      }
    }
  });

  it("with any of its characters missing, and cut off anywhere", async () => {
    const text = await write(session);
    for (let at = 0; at < text.length; at += 1) {
      await isRefused(text.slice(0, at) + text.slice(at + 1));
      await isRefused(text.slice(0, at));
      await isRefused(text.slice(at + 1));
    }
  });

  it.each([0, 1, 2, 3])("with part %i of another one", async (index) => {
    const parts = await partsOf(session);
    parts[index] = (await partsOf(other))[index] as string;
    await isRefused(parts.join("."));
  });

  it("of another stage, whatever else of it is right", async () => {
    const text = await write(session);
    setSecrets({ REFRESH_KEY: generateSecrets().REFRESH_KEY });
    await isRefused(text);
  });

  it("whose MAC is made with another secret of this stage", async () => {
    const { PASSWORD_PEPPER } = secrets;
    setSecrets({ REFRESH_KEY: PASSWORD_PEPPER });
    const text = await write(session);
    setSecrets();
    await isRefused(text);
  });

  it("in the other spelling of the same bytes", async () => {
    const [userId, sessionId, generation, mac] = await partsOf(session);
    await isRefused(`${userId}.${sessionId}.${generation}.${respell(mac)}`);
  });

  const generations = ["", "-1", "+7", "07", "00", "7.0", "7e0", "0x7", " 7", "7 ", "7\n", "\u0667"];
  it.each([...generations, "1000000000", "9".repeat(400), "Infinity", "NaN", "__proto__"])(
    "whose generation is %.20j, even with a MAC that is right for it",
    async (generation) => {
      const text = await write({ ...session, generation: generation as unknown as number });
      await isRefused(text);
    },
  );

  const ids = ["", "#", "user#1", "__proto__", "01J00000000000000000000000", "*", "\u212A".repeat(26)];
  it.each(ids)("whose ids are %j, even with a MAC that is right for them", async (id) => {
    await isRefused(await write({ ...session, userId: id }));
    await isRefused(await write({ ...session, sessionId: id }));
  });

  it.each(["50", "99", "0", "a0", "007", "-1"])(
    "whose session sits in seat %s, which there is not",
    async (seat) => {
      await isRefused(await write({ ...session, sessionId: seat + newId() }));
    },
  );

  it("with anything around it, or parts too many", async () => {
    const text = await write(session);
    const around = [` ${text}`, `${text} `, `${text}\n`, `"${text}"`, `Bearer ${text}`, `${text}=`];
    const more = [`${text}.`, `.${text}`, `${text}.${text}`, `${text}.A`, `${text},${text}`];
    for (const each of [...around, ...more]) await isRefused(each);
  });

  it.each(["", ".", "...", "....", "null", "undefined", "[object Object]", "{}", "\0", "\uD800"])(
    "that is %j",
    isRefused,
  );

  it.each(["a", ".", "0.", "é", "\uD800"])("that is 100,000 characters of %j", async (letter) => {
    await isRefused(letter.repeat(100_000 / letter.length));
  });

  it("without a word on which part was wrong to the caller, and none of the token to the log", async () => {
    const text = await write(session);
    const refusals = await Promise.all(
      [`${text}.`, text.replace(/.{43}$/, "A".repeat(43))].map(async (each) => refusalOf(read(each))),
    );
    for (const { message, cause, fields } of refusals) {
      expect({ message, fields }).toEqual({ message: "The refresh token is not valid", fields: [] });
      for (const part of text.split(".")) if (part.length > 1) expect(cause).not.toContain(part);
    }
    expect(refusals.map(({ cause }) => cause)).toEqual(["malformed", "its MAC is wrong"]);
  });
});

it.each(["short", Buffer.alloc(31).toString("base64url"), "!".repeat(64)])(
  "no token is made or believed with the key %j, and the start is told so",
  async (key) => {
    const text = await write(anySession());
    setSecrets({ REFRESH_KEY: key });
    const message = "REFRESH_KEY: should be at least 32 random bytes in base64url";
    await expect(write(anySession())).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(message);
  },
);
