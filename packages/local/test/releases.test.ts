/** A stage of every earlier release goes on with the code of today: packages/core/test/fixtures/releases. */
import "../../../test/environment.ts";
import { forgetConfig } from "@gatehouse/core/config";
import { verifyAll } from "@gatehouse/core/event/audit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deleteItem, itemsOf, putItem, readTable } from "../../core/test/items.ts";
import { type Held, releases } from "../../core/test/releases.ts";
import { setSecrets } from "../../core/test/stage-keys.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { type Message, send } from "./support/send.ts";

captureStdout();

const otherPassword = "a fjord of quiet lamps";

let house: InlineHouse;
beforeAll(async () => {
  // The authorizer looks at the table every time.
  house = await startInlineHouse({ authorizerCacheSeconds: 0 });
});
afterAll(() => house.stop());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

const ask = (what: string, message: Message = {}) => send(house.url, what, message);

/** The statuses of what is asked, one after the other. */
async function statusesOf(...asked: readonly [what: string, message: Message][]): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const [what, message] of asked) statuses.push((await ask(what, message)).status);
  return statuses;
}

const logIn = ({ email, password }: Pick<Held["member"], "email" | "password">): [string, Message] => [
  "POST /login",
  { body: { email, password } },
];

describe.each(releases)("of what $name wrote", ({ held, items }) => {
  const { member, links, repeatable, guessedAt } = held;

  beforeEach(async () => {
    // Ten seconds later: nothing that expires has.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(held.recordedAt) + 10_000 });
    vi.stubEnv("ISSUER", held.issuer);
    vi.stubEnv("AUDIENCE", held.audience);
    forgetConfig();
    setSecrets(held.secrets);
    for (const item of await readTable()) await deleteItem(item);
    await Promise.all(items.map(putItem));
  });

  it("a password opens its account, also once its hash is made anew at another cost", async () => {
    const hash = async () =>
      (await readTable()).find(({ pk }) => pk === `email#${member.email}`)?.["passwordHash"];
    expect(await statusesOf(logIn(member), logIn({ ...member, password: otherPassword }))).toEqual([
      200, 401,
    ]);
    vi.stubEnv("PASSWORD_COST", "11");
    forgetConfig();
    expect(await statusesOf(logIn(member), logIn(member))).toEqual([200, 200]);
    expect(await hash()).toMatch(/^hs384\.[0-9a-f]{8}-bcrypt\$2b\$11\$/);
  });

  it("an access token passes the authorizer", async () => {
    const { status, body } = await ask("GET /me", { token: member.accessToken });
    expect([status, body.id, body.email]).toEqual([200, member.userId, member.email]);
  });

  it("a session is refreshed, and ends where a token comes back that was used", async () => {
    const { status, body } = await ask("POST /refresh", { body: { refreshToken: member.refreshToken } });
    expect(status).toBe(200);
    expect(await statusesOf(["GET /me", { token: body.token }])).toEqual([200]);
    const used = await ask("POST /refresh", { body: { refreshToken: member.usedRefreshToken } });
    expect([used.status, used.body.code]).toEqual([401, "refresh_token_reused"]);
    expect(await statusesOf(["GET /me", { token: body.token }])).toEqual([403]);
  });

  it("sessions and events are listed, and exported whole", async () => {
    const { token } = (await ask(...logIn(member))).body;
    const sessions = (await ask("GET /me/sessions", { token })).body.sessions;
    expect(sessions).toHaveLength(member.sessions + 1);
    const { events } = (await ask("GET /me/events?limit=100", { token })).body;
    expect(events).toHaveLength(member.events + 1);
    const exported = await ask("GET /me/export", { token });
    expect(exported.body.user).toMatchObject({ userId: member.userId, email: member.email });
    expect(exported.body.sessions).toHaveLength(member.sessions + 1);
    expect(exported.body.events).toHaveLength(member.events + 1);
  });

  it("an account is deleted whole", async () => {
    const { token } = (await ask(...logIn(member))).body;
    expect((await itemsOf(member.userId)).length).toBeGreaterThan(3);
    const { password } = member;
    expect(await statusesOf(["DELETE /me", { token, body: { password } }], logIn(member))).toEqual([
      200, 401,
    ]);
    expect(await itemsOf(member.userId)).toEqual([]);
  });

  it("every record is whole, and stays so as it goes on", async () => {
    const findings = async () => {
      const found: string[] = [];
      for await (const record of verifyAll()) found.push(...record.findings);
      return found;
    };
    const isRecorded = held.secrets.AUDIT_KEY !== undefined;
    // A version without a record left none; what its people do from now on is on one.
    const people = items.filter((item) => item["__edb_e__"] === "user").length;
    const nothing = Array(isRecorded ? 0 : people).fill("there is an account and nothing of it on record");
    expect(await findings()).toEqual(nothing);
    await ask(...logIn(member));
    await ask(...logIn({ ...member, password: otherPassword }));
    expect(await findings()).toEqual(nothing.slice(1));
  });

  if (links)
    it("mailed links do what they are for", async () => {
      const { token } = (await ask(...logIn(member))).body;
      const { verifyEmail, resetPassword, confirmEmail } = links;
      const asked = await statusesOf(
        ["POST /email/verify", { body: { token: verifyEmail } }],
        ["POST /email/verify", { body: { token: verifyEmail } }],
        ["POST /password/reset", { body: { token: resetPassword, password: "a song of eleven gulls" } }],
        ["POST /me/email/confirm", { token, body: { token: confirmEmail } }],
      );
      expect(asked).toEqual([200, 400, 204, 200]);
    });

  if (repeatable)
    it("a request that is repeated with its Idempotency-Key gets the answer of then", async () => {
      const { key, body, answer } = repeatable;
      const headers = { "Idempotency-Key": key };
      expect(await ask("POST /register", { body, headers })).toMatchObject({ status: 201, body: answer });
      const other = { ...body, password: otherPassword };
      expect((await ask("POST /register", { body: other, headers })).body.code).toBe(
        "idempotency_key_reused",
      );
    });

  if (guessedAt)
    it("wrong passwords that were counted still count", async () => {
      const { email } = guessedAt;
      const guess = logIn({ email, password: otherPassword });
      expect(await statusesOf(guess, guess)).toEqual([401, 429]);
    });
});
