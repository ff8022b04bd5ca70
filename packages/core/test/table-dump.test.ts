import { expect, it } from "vitest";
import { CodeEntity, purposes } from "../src/code/code.entity.ts";
import * as Code from "../src/code/index.ts";
import { newId, randomHex } from "../src/id.ts";
import * as Idempotency from "../src/idempotency/index.ts";
import { secret, secretNames } from "../src/secrets.ts";
import * as Session from "../src/session/index.ts";
import * as Throttle from "../src/throttle/index.ts";
import * as Token from "../src/token/index.ts";
import * as User from "../src/user/index.ts";
import { putItem, readTable, type StoredItem } from "./items.ts";
import { codeOf } from "./refusal.ts";
import { logIn, origin, refreshedSession } from "./session.ts";
import { setSecrets } from "./stage-keys.ts";
import { goodPassword, newEmail } from "./user.ts";

/** Every text in a value, and every part of one that dots or other marks set apart. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  const text = String(value);
  return [text, ...text.split(/[.#$]/)];
}

const sourceIp = "203.0.113.77";

/** The tokens of a code of each purpose for one person, as they were mailed. */
async function mailedTokens(): Promise<readonly string[]> {
  const person = { userId: newId(), epoch: 0 };
  const about = () => ({ email: newEmail("code"), jobId: newId() });
  const minted = await Promise.all(purposes.map((purpose) => Code.mint(purpose, person, about())));
  const codes = minted.filter((code) => code !== undefined);
  return Promise.all(codes.flatMap((code) => [Code.linkToken(code), Code.linkToken(code, "undo")]));
}

/** Codes that are the same on every run, so that none of their digits stands in the table by chance. */
const codes: readonly Code.CodeItem[] = purposes.map((purpose, index) => ({
  userId: "01j00000000000000000000000",
  purpose,
  nonce: `0123456789abcdef0123456789abcde${index}`,
  jobId: "01j11111111111111111111111",
  email: "anna@example.com",
  epoch: 1,
  tries: 0,
  typedExpiresAt: 9_999_999_997,
  expiresAt: 9_999_999_998,
  asked: 1,
  hourEndsAt: 9_999_999_999,
  createdAt: 1_780_000_000,
  ttl: 9_999_999_999,
}));

/** Whether a code was taken for this text, by any of the ways there are to present one. */
async function opensACode(text: string, { userId, purpose }: Code.CodeItem): Promise<boolean> {
  const ways = [Code.readLink(purpose, text), Code.readLink(purpose, text, "undo")];
  const outcomes = await Promise.allSettled([...ways, Code.readTyped(purpose, userId, text)]);
  return outcomes.some(({ status }) => status === "fulfilled");
}

it("a copy of the table opens nothing, and holds no part of a token or a key", async () => {
  const email = newEmail("dump");
  await User.register({ email, password: goodPassword, name: "Dump" });
  const fresh = await logIn(await User.authenticate(email, goodPassword));
  const used = await refreshedSession(3);
  const stolen = await refreshedSession(2);
  expect(await codeOf(Session.refresh(stolen.chain[0] ?? "", origin))).toBe("refresh_token_reused");

  const tokens = await mailedTokens();
  for (const each of [email, "hidden@example.com"])
    expect(await codeOf(User.authenticate(each, "hidden word"))).toBe("invalid_credentials");
  await Throttle.countMail(sourceIp);
  const key = `key-${randomHex()}`;
  const operation = {
    route: "register",
    key,
    request: { email: "hidden@example.com", password: "hidden word" },
  };
  await Idempotency.once(operation, async () => ({ answer: "hidden answer" }));

  const dump = await readTable();
  const kinds = new Set(dump.map((item) => item["__edb_e__"]));
  const ofAPerson = ["user", "login", "session", "event", "mark", "code"];
  expect(kinds).toEqual(new Set([...ofAPerson, "throttle", "failures", "idempotency"]));

  const texts = [...new Set(textsIn(dump))];
  const parts = dump.flatMap(({ userId, sessionId, generation }) =>
    sessionId === undefined ? [] : [`${userId}.${sessionId}.${generation ?? 0}`],
  );
  const guesses = [
    ...texts,
    ...[...new Set(parts)].flatMap((part) => texts.map((text) => `${part}.${text}`)),
  ];
  for (const guess of guesses) {
    expect(await codeOf(Session.refresh(guess, origin))).toBe("invalid_refresh_token");
    expect(await codeOf(Token.verify(guess))).toBe("invalid_token");
  }

  const whole = JSON.stringify(dump);
  const refreshTokens = [fresh.refreshToken, ...used.chain, ...stolen.chain];
  const macs = [...refreshTokens, ...tokens].map((token) => token.slice(-43));
  const segments = [fresh, used, stolen].flatMap(({ token }) => token.split("."));
  const secrets = (await Promise.all(secretNames.map(secret))).flatMap(
    (text) => text.match(/[\w-]{43,}/g) ?? [],
  );
  expect(secrets.length).toBeGreaterThanOrEqual(9);
  for (const text of [...macs, ...segments, ...secrets, goodPassword]) expect(whole).not.toContain(text);
  for (const mac of macs) expect(whole).not.toContain(Buffer.from(mac, "base64url").toString("hex"));
  for (const text of [key, sourceIp, "hidden"]) expect(whole).not.toContain(text);
  for (const { ttl } of dump) expect(ttl === undefined || Number.isInteger(ttl)).toBe(true);
});

it("nothing in a copy of the table, alone or put together, is the token or the digits of a code", async () => {
  setSecrets({ CODE_KEY: Buffer.alloc(32, 7).toString("base64url") });
  await Promise.all(codes.map((code) => CodeEntity.put(code).go()));
  const dump = (await readTable()).filter((item) => item["userId"] === codes[0]?.userId);
  expect(dump).toHaveLength(purposes.length);
  const texts = [...new Set(textsIn(dump))];
  const userIds = new Set(codes.map(({ userId }) => userId));
  const joined = [...userIds].flatMap((userId) => texts.map((text) => `${userId}.${text}`));
  const hex = texts.filter((text) => /^[0-9a-f]{32}$/.test(text));
  const respelt = hex.map((text) => Buffer.from(text, "hex").toString("base64url"));
  const digits = texts.flatMap((text) => text.match(/\d{6}/g) ?? []);
  for (const code of codes) {
    const stored = dump.find((item) => item["purpose"] === code.purpose) as StoredItem;
    for (const guess of new Set([...texts, ...joined, ...respelt, ...digits])) {
      expect(await opensACode(guess, code)).toBe(false);
      await putItem(stored);
    }
  }
});
