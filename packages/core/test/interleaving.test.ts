import { expect, it } from "vitest";
import * as Session from "../src/session/index.ts";
import * as Token from "../src/token/index.ts";
import * as User from "../src/user/index.ts";
import { intercepted } from "./requests.ts";
import { type TestUser, withTestUser } from "./user.ts";

async function walk({ id, email, password }: TestUser, number: number) {
  const profile = await User.authenticate(email, password);
  const { token, user } = await Session.open(profile, { sourceIp: `192.0.2.${number}` });
  const claims = await Token.verify(token);
  await Session.assertLive(claims.sub, claims.sid);
  const changed = await User.change(claims.sub, { name: `${email} ${number}` });
  const read = await User.get(claims.sub);
  return { ids: [profile.userId, user.id, claims.sub, changed.id, read.id], email: read.email, expected: id };
}

it("two users in one warm process never mix, however their requests interleave", async () => {
  await withTestUser("anna", async (anna) => {
    await withTestUser("ben", async (ben) => {
      const waiting: (() => void)[] = [];
      const rounds = Array.from({ length: 6 }, (_, number) => (number % 2 === 0 ? anna : ben));
      // Answers come back in pairs and the later one first.
      const shuffle = async (_: unknown, send: () => Promise<void>) => {
        await send();
        const earlier = waiting.pop();
        if (earlier) setImmediate(earlier);
        else await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), soon()]);
      };
      const walks = await intercepted(shuffle, () =>
        Promise.all(rounds.map((user, number) => walk(user, number))),
      );
      for (const { ids, email, expected } of walks) {
        expect(new Set(ids)).toEqual(new Set([expected]));
        expect(email).toBe(expected === anna.id ? anna.email : ben.email);
      }
      expect((await User.get(anna.id)).name).toContain(anna.email);
      expect((await User.get(ben.id)).name).toContain(ben.email);
    });
  });
});

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
