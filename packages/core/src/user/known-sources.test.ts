import { describe, expect, it } from "vitest";
import { interleaved } from "../../test/interleaved.ts";
import { mailedCode } from "../../test/mailed-codes.ts";
import { goodPassword, newEmail, withTestUser } from "../../test/user.ts";
import { resetPassword } from "../account/reset-password.ts";
import { withRequest } from "../context.ts";
import * as User from "./index.ts";
import { isHere, withHere } from "./known-sources.ts";
import { readLogin } from "./person.ts";

const another = "seven lanterns over Ghent";

const from = <T>(sourceIp: string, run: () => T): T => withRequest({ requestId: "test", sourceIp }, run);

const isKnown = async (sourceIp: string, email: string) => {
  const login = await readLogin(email);
  return from(sourceIp, () => isHere(login?.knownSources));
};

const logIn = (sourceIp: string, email: string, password = goodPassword) =>
  from(sourceIp, () => User.authenticate(email, password));

describe("a source is known", () => {
  it("once somebody registered or logged in from there, and not because of a wrong password", async () => {
    const email = newEmail("source");
    await from("192.0.2.3", () => User.register({ email, password: goodPassword }));
    await logIn("192.0.2.2", email);
    await expect(logIn("192.0.2.1", email, "wrong")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(await isKnown("192.0.2.3", email)).toBe(true);
    expect(await isKnown("192.0.2.2", email)).toBe(true);
    expect(await isKnown("192.0.2.1", email)).toBe(false);
  });

  it("in whatever way its address is written, and with all of its household", async () => {
    await withTestUser("household", async ({ email }) => {
      await logIn("192.0.2.2", email);
      await logIn("2001:db8::1", email);
      expect(await isKnown("::ffff:192.0.2.2", email)).toBe(true);
      expect(await isKnown("2001:db8:0:0:ffff::9", email)).toBe(true);
      expect(await isKnown("2001:db8:0:1::1", email)).toBe(false);
    });
  });

  it("alone where the password was reset from there: who knew the old one is a stranger", async () => {
    await withTestUser("reset", async ({ id, email }) => {
      await logIn("192.0.2.4", email);
      const { token } = await mailedCode("reset_password", { id, email });
      await from("192.0.2.5", () => resetPassword(token, another));
      expect(await isKnown("192.0.2.4", email)).toBe(false);
      expect(await isKnown("192.0.2.5", email)).toBe(true);
    });
  });

  it("of one account and not of another", async () => {
    const [anna, ben] = [newEmail("anna"), newEmail("ben")];
    await from("192.0.2.6", () => User.register({ email: anna, password: goodPassword }));
    await from("192.0.2.7", () => User.register({ email: ben, password: goodPassword }));
    expect(await isKnown("192.0.2.6", ben)).toBe(false);
    expect(await isKnown("192.0.2.6", newEmail("nobody"))).toBe(false);
  });

  it("among the twenty newest", () => {
    let known: readonly string[] = [];
    for (let last = 1; last <= 25; last += 1) known = from(`192.0.2.${last}`, () => withHere(known));
    const isAmong = (last: number) => from(`192.0.2.${last}`, () => isHere(known));
    expect(known).toHaveLength(20);
    expect([1, 5, 6, 25].map(isAmong)).toEqual([false, false, true, true]);
  });
});

it("a log-in whose password is replaced meanwhile makes no source known", async () => {
  await withTestUser("beside", async ({ id, email }) => {
    const { token } = await mailedCode("reset_password", { id, email });
    const reset = () => from("192.0.2.9", () => resetPassword(token, another));
    // After the read, and before the source is written.
    const { first, met } = await interleaved(1, () => logIn("192.0.2.8", email), reset);
    expect([first.status, met]).toEqual(["fulfilled", true]);
    expect(await isKnown("192.0.2.8", email)).toBe(false);
    expect(await isKnown("192.0.2.9", email)).toBe(true);
  });
});

it("no address stands in the Login", async () => {
  const email = newEmail("address");
  await from("192.0.2.10", () => User.register({ email, password: goodPassword }));
  expect(JSON.stringify(await readLogin(email))).not.toContain("192.0.2.10");
});
