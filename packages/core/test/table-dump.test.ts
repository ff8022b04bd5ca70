import { expect, it } from "vitest";
import { secret, secretNames } from "../src/secrets.ts";
import { Session } from "../src/session/index.ts";
import { Token } from "../src/token/index.ts";
import { User } from "../src/user/index.ts";
import { readTable } from "./items.ts";
import { codeOf } from "./refusal.ts";
import { logIn, origin, refreshedSession } from "./session.ts";
import { goodPassword, newEmail } from "./user.ts";

/** Every text in a value, and every part of one that dots or other marks set apart. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  const text = String(value);
  return [text, ...text.split(/[.#$]/)];
}

it("a copy of the table opens nothing, and holds no part of a token or a key", async () => {
  const email = newEmail("dump");
  await User.register({ email, password: goodPassword, name: "Dump" });
  const fresh = await logIn(await User.authenticate(email, goodPassword));
  const used = await refreshedSession(3);
  const stolen = await refreshedSession(2);
  expect(await codeOf(Session.refresh(stolen.chain[0] ?? "", origin))).toBe("refresh_token_reused");

  const dump = await readTable();
  const kinds = new Set(dump.map((item) => item["__edb_e__"]));
  expect(kinds).toEqual(new Set(["user", "login", "session", "event"]));

  const texts = [...new Set(textsIn(dump))];
  const parts = dump.flatMap(({ userId, sessionId, generation }) =>
    sessionId === undefined ? [] : [`${userId}.${sessionId}.${generation ?? 0}`],
  );
  const guesses = [...texts, ...parts.flatMap((part) => texts.map((text) => `${part}.${text}`))];
  for (const guess of guesses) {
    expect(await codeOf(Session.refresh(guess, origin))).toBe("invalid_refresh_token");
    expect(await codeOf(Token.verify(guess))).toBe("invalid_token");
  }

  const whole = JSON.stringify(dump);
  const macs = [fresh.refreshToken, ...used.chain, ...stolen.chain].map((token) => token.slice(-43));
  const segments = [fresh, used, stolen].flatMap(({ token }) => token.split("."));
  const secrets = (await Promise.all(secretNames.map(secret))).flatMap(
    (text) => text.match(/[\w-]{43,}/g) ?? [],
  );
  expect(secrets.length).toBeGreaterThanOrEqual(8);
  for (const text of [...macs, ...segments, ...secrets, goodPassword]) expect(whole).not.toContain(text);
  for (const mac of macs) expect(whole).not.toContain(Buffer.from(mac, "base64url").toString("hex"));
  for (const { ttl } of dump) expect(ttl === undefined || Number.isInteger(ttl)).toBe(true);
});
