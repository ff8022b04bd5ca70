/** The life of a session over HTTP, with the house as `npm start` starts it: functions on threads, database and all. */
import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { useHouse } from "./support/house.ts";
import { type Answer, type Message, send } from "./support/send.ts";

// Nothing is kept, so that each end shows at once; what is kept is revocation.test.ts.
const house = useHouse({ AUTHORIZER_CACHE_SECONDS: "0" });

const password = "correct horse battery";

let email: string;
beforeEach(async () => {
  email = `p-${randomBytes(6).toString("hex")}@example.com`;
  expect((await ask("POST /register", { body: { email, password } })).status).toBe(201);
});

const ask = (what: string, message?: Message): Promise<Answer> => send(house.url, what, message);

async function logIn(deviceLabel?: string) {
  const { status, body } = await ask("POST /login", { body: { email, password, deviceLabel } });
  expect(status).toBe(200);
  return body as { token: string; refreshToken: string };
}

const refresh = (refreshToken: string) => ask("POST /refresh", { body: { refreshToken } });

const statusOfMe = async (token: string) => (await ask("GET /me", { token })).status;

async function sessionsOf(token: string): Promise<{ id: string; label: string | null; current: boolean }[]> {
  return (await ask("GET /me/sessions", { token })).body.sessions;
}

describe("a session", () => {
  it("goes on through a chain of refreshes, each with tokens that work", async () => {
    let { refreshToken } = await logIn();
    for (let turn = 0; turn < 20; turn++) {
      const { status, body } = await refresh(refreshToken);
      expect([status, await statusOfMe(body.token)]).toEqual([200, 200]);
      expect(body.refreshToken).not.toBe(refreshToken);
      refreshToken = body.refreshToken;
    }
  });

  it("survives twenty refreshes at once with one token: twenty equal successors, and nobody is signed out", async () => {
    const { refreshToken } = await logIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [successor, ...others] = new Set(answers.map(({ body }) => body.refreshToken));
    expect(others).toEqual([]);
    for (const { body } of answers) expect(await statusOfMe(body.token)).toBe(200);
    expect((await refresh(successor)).status).toBe(200);
  });

  it("ends when a token older than the one before comes back, for its owner and for the thief", async () => {
    const first = await logIn();
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    const { status, body } = await refresh(first.refreshToken);
    expect([status, body.code]).toEqual([401, "refresh_token_reused"]);
    expect((await refresh(third.refreshToken)).body.code).toBe("session_ended");
    expect(await statusOfMe(third.token)).toBe(403);
  });

  it.each([
    ["refresh token", ({ refreshToken }: Record<string, string>) => ({ body: { refreshToken } })],
    ["access token", ({ token }: Record<string, string>) => ({ token })],
  ])("ends by a log-out by %s, whose answer has neither body nor content type", async (_name, messageOf) => {
    const tokens = await logIn();
    const { status, body, headers } = await ask("POST /logout", messageOf(tokens));
    expect([status, body, headers.get("content-type")]).toEqual([204, undefined, null]);
    expect((await refresh(tokens.refreshToken)).body.code).toBe("session_ended");
    expect(await statusOfMe(tokens.token)).toBe(403);
  });

  it("can be found and ended from another device", async () => {
    const [phone, laptop] = [await logIn("phone"), await logIn("laptop")];
    const found = await sessionsOf(laptop.token);
    expect(found.map(({ label, current }) => [label, current]).toSorted()).toEqual([
      ["laptop", true],
      ["phone", false],
    ]);
    const id = found.find(({ label }) => label === "phone")?.id;
    expect((await ask(`DELETE /me/sessions/${id}`, laptop)).status).toBe(204);
    expect([await statusOfMe(phone.token), await statusOfMe(laptop.token)]).toEqual([403, 200]);
    expect((await refresh(phone.refreshToken)).body.code).toBe("session_ended");
  });

  it("can end all others", async () => {
    const others = [await logIn(), await logIn(), await logIn()];
    const kept = await logIn("kept");
    const { status, body } = await ask("DELETE /me/sessions", kept);
    expect([status, body]).toEqual([200, { ended: 3 }]);
    for (const { token } of others) expect(await statusOfMe(token)).toBe(403);
    expect(await sessionsOf(kept.token)).toMatchObject([{ label: "kept", current: true }]);
  });

  it("of somebody else cannot be ended, and cannot be told from one that never was", async () => {
    const mine = await logIn();
    const [session] = await sessionsOf(mine.token);
    email = `other-${email}`;
    await ask("POST /register", { body: { email, password } });
    const theirs = await logIn();
    const { status, body } = await ask(`DELETE /me/sessions/${session?.id}`, theirs);
    expect([status, body.code]).toEqual([404, "not_found"]);
    expect(await statusOfMe(mine.token)).toBe(200);
  });
});
