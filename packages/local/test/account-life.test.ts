/** The life of an account through the whole house: gateway, authorizer, handlers, queue, worker, mailbox. */
import "../../../test/environment.ts";
import { once } from "node:events";
import { request } from "node:http";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { clearOutbox, failNext } from "../../functions/test/outbox.ts";
import { newEmail, password } from "../../functions/test/people.ts";
import { tokenIn } from "../../functions/test/post.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { readPeople, readTable } from "../../functions/test/table.ts";
import { type InlineHouse, type InlineHouseOptions, startInlineHouse } from "./support/inline-house.ts";
import { type Message, send } from "./support/send.ts";

captureStdout();

const newPassword = "seven lanterns over Ghent";

let house: InlineHouse;
let email: string;
beforeEach(() => {
  email = newEmail();
});
afterEach(() => {
  clearOutbox();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

/** Opens the house of a stage with these settings. */
async function open(options: InlineHouseOptions = {}, settings: Record<string, string> = {}): Promise<void> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  forgetConfig();
  house = await startInlineHouse({ authorizerCacheSeconds: 0, ...options });
  onTestFinished(() => house.stop());
}

const ask = (what: string, message?: Message) => send(house.url, what, message);
const post = async (path: string, body: object, token?: string) => {
  const answer = await ask(`POST ${path}`, { body, token });
  return [answer.status, answer.body?.code ?? answer.body] as const;
};

const register = () => post("/register", { email, password });
const statusOfLogIn = async (address: string, word = password) =>
  (await post("/login", { email: address, password: word }))[0];

async function logIn(word = password): Promise<{ token: string; refreshToken: string }> {
  const { status, body } = await ask("POST /login", { body: { email, password: word } });
  expect(status).toBe(200);
  return body;
}

const me = (token: string) => ask("GET /me", { token });
const statusOfRefresh = async (refreshToken: string) => (await post("/refresh", { refreshToken }))[1];
const mailed = async (page: string, to = email) => tokenIn(await house.mails(to), page);
const lateJobs = async () => {
  house.queue.skipWaiting();
  await house.queue.idle();
};
const subjects = async (to = email) => (await house.mails(to)).map(({ subject }) => subject);

describe("an account", () => {
  it("is registered, asked to verify by mail and verified by the link in it", async () => {
    await open();
    await register();
    expect(await subjects()).toEqual(["Verify your email address for Gatehouse"]);
    const { token } = await logIn();
    expect((await me(token)).body.emailVerified).toBe(false);
    const link = await mailed("verify-email");
    expect(await post("/email/verify", { token: link })).toEqual([200, { status: "VERIFIED" }]);
    expect((await me(token)).body.emailVerified).toBe(true);
  });

  it("is verified by the digits of the newest mail, and by those before no more", async () => {
    await open();
    await register();
    const [first] = await house.mails(email);
    await post("/email/verify/request", { email });
    const [second] = await house.mails(email);
    if (first?.code !== second?.code)
      expect(await post("/email/verify", { email, code: first?.code })).toEqual([400, "invalid_code"]);
    expect((await post("/email/verify", { email, code: second?.code }))[0]).toBe(200);
    await post("/email/verify/request", { email });
    expect(await house.mails(email)).toHaveLength(2);
  });

  it.each([0, 60])(
    "reset by mail lets nobody in after %i s of cache and one more",
    async (authorizerCacheSeconds) => {
      vi.useFakeTimers({ toFake: ["Date"] });
      await open({ authorizerCacheSeconds });
      await register();
      const sessions = [await logIn(), await logIn(), await logIn()];
      for (const { token } of sessions) expect((await me(token)).status).toBe(200);
      await post("/password/forgot", { email });
      const token = await mailed("reset-password");
      expect((await post("/password/reset", { token, password: newPassword }))[0]).toBe(204);
      for (const { refreshToken } of sessions)
        expect(await statusOfRefresh(refreshToken)).toBe("session_ended");
      vi.setSystemTime(Date.now() + authorizerCacheSeconds * 1000 + 1000);
      for (const session of sessions) expect((await me(session.token)).status).toBe(403);
      expect([await statusOfLogIn(email), await statusOfLogIn(email, newPassword)]).toEqual([401, 200]);
      expect(await subjects()).toContain("Your password for Gatehouse was changed");
    },
  );

  it("whose password was changed goes on in the session that did it, also after the late look", async () => {
    await open();
    await register();
    const [kept, other] = [await logIn(), await logIn()];
    const change = { currentPassword: password, newPassword };
    expect(await post("/me/password", change, kept.token)).toEqual([200, { ended: 1 }]);
    await lateJobs();
    expect([(await me(kept.token)).status, (await me(other.token)).status]).toEqual([200, 403]);
    const { status, body } = await ask("POST /refresh", { body: { refreshToken: kept.refreshToken } });
    expect([status, (await me(body.token)).status]).toEqual([200, 200]);
    expect(await statusOfRefresh(other.refreshToken)).toBe("session_ended");
  });

  it("moves to another email only once that confirms, and tells the one before of both", async () => {
    await open();
    await register();
    const { token } = await logIn();
    const newAddress = newEmail();
    expect((await post("/me/email", { email: newAddress, password }, token))[0]).toBe(202);
    const confirm = { token: await mailed("confirm-email", newAddress) };
    expect([await statusOfLogIn(email), await statusOfLogIn(newAddress)]).toEqual([200, 401]);
    const { status, body } = await ask("POST /me/email/confirm", { token, body: confirm });
    expect([status, body.email, body.emailVerified]).toEqual([200, newAddress, true]);
    expect([await statusOfLogIn(email), await statusOfLogIn(newAddress)]).toEqual([401, 200]);
    expect((await me(token)).body.email).toBe(newAddress);
    expect((await subjects()).slice(0, 2)).toEqual([
      "Your email address for Gatehouse was changed",
      "Request to change your email address for Gatehouse",
    ]);
  });

  it("stays where it is when the reader of its address calls the change off", async () => {
    await open();
    await register();
    const { token } = await logIn();
    const newAddress = newEmail();
    await post("/me/email", { email: newAddress, password }, token);
    const before = (await me(token)).body;
    expect((await post("/email/undo", { token: await mailed("undo-email-change") }))[0]).toBe(204);
    const [letter] = await house.mails(newAddress);
    for (const proof of [{ token: await mailed("confirm-email", newAddress) }, { code: letter?.code }])
      expect(await post("/me/email/confirm", proof, token)).toEqual([400, "invalid_code"]);
    expect((await me(token)).body).toEqual(before);
    expect([await statusOfLogIn(email), await statusOfLogIn(newAddress)]).toEqual([200, 401]);
  });

  it("is told whole to its owner, and deleted whole: nothing of it opens the next one of that email", async () => {
    await open();
    await register();
    const { token, refreshToken } = await logIn();
    const { body: copy } = await ask("GET /me/export", { token });
    expect([copy.user.email, copy.login.email]).toEqual([email, email]);
    expect([copy.sessions.length, copy.codes.length, copy.events.length]).toEqual([1, 1, 2]);
    const { status, body } = await ask("DELETE /me", { token, body: { password } });
    // Those six, and the mark of the record.
    expect([status, body.itemsErased]).toEqual([200, 7]);
    expect((await house.mails(email))[0]?.subject).toBe("Your account with Gatehouse was deleted");
    expect(JSON.stringify(await readTable())).not.toContain(copy.user.userId);
    expect([(await me(token)).status, await statusOfRefresh(refreshToken)]).toEqual([403, "session_ended"]);
    expect(await statusOfLogIn(email)).toBe(401);
    expect((await register())[0]).toBe(201);
    await lateJobs();
    expect((await me(token)).status).toBe(403);
    expect((await me((await logIn()).token)).body.id).not.toBe(copy.user.userId);
  });

  it("lives the same where the queue delivers everything twice", async () => {
    await open({ deliveries: 2 });
    await register();
    const verify = await mailed("verify-email");
    const [again, first, ...more] = await house.mails(email);
    expect([again?.text, more]).toEqual([first?.text, []]);
    expect((await post("/email/verify", { token: verify }))[0]).toBe(200);
    await post("/password/forgot", { email });
    const token = await mailed("reset-password");
    expect((await post("/password/reset", { token, password: newPassword }))[0]).toBe(204);
    const { token: access } = await logIn(newPassword);
    await lateJobs();
    expect((await me(access)).status).toBe(200);
  });
});

it("where an email must be verified first a log-in with the right password is told so, and let in once it is", async () => {
  await open({}, { REQUIRE_VERIFIED_EMAIL: "true" });
  await register();
  expect(await post("/login", { email, password })).toEqual([403, "email_not_verified"]);
  expect(await post("/login", { email, password: newPassword })).toEqual([401, "invalid_credentials"]);
  await post("/email/verify", { token: await mailed("verify-email") });
  expect(await statusOfLogIn(email)).toBe(200);
});

it("where accounts are concealed who registers a taken email is told nothing, and its owner is", async () => {
  await open({}, { CONCEAL_ACCOUNTS: "true" });
  await register();
  await post("/email/verify", { token: await mailed("verify-email") });
  const before = await readPeople();
  const taken = await ask("POST /register", { body: { email, password: newPassword } });
  const free = await ask("POST /register", { body: { email: newEmail(), password } });
  expect([taken.status, Object.keys(taken.body)]).toEqual([201, Object.keys(free.body)]);
  expect(await subjects()).toEqual([
    "You already have an account with Gatehouse",
    "Verify your email address for Gatehouse",
  ]);
  expect(await readPeople()).toEqual(expect.arrayContaining(before));
  expect([await statusOfLogIn(email), await statusOfLogIn(email, newPassword)]).toEqual([200, 401]);
});

describe("mail", () => {
  it("leads where the stage says, whatever host a request names", async () => {
    await open({}, { APP_URL: "https://app.example.com/account" });
    await register();
    const headers = {
      "Content-Type": "application/json",
      Host: "evil.example",
      "X-Forwarded-Host": "evil.example",
    };
    const asking = request(`${house.url}/password/forgot`, { method: "POST", headers });
    asking.end(JSON.stringify({ email }));
    const [answer] = await once(asking, "response");
    answer.resume();
    expect(answer.statusCode).toBe(202);
    const letters = await house.mails(email);
    expect(letters[0]?.links).toEqual([
      expect.stringMatching(/^https:\/\/app\.example\.com\/account\/reset-password#token=/),
    ]);
    expect(JSON.stringify(letters)).not.toContain("evil.example");
  });

  it("that fails every time is tried five times and parked, and the requests were answered before", async () => {
    await open();
    // Two tries of the SDK are one of the worker.
    failNext(10, "mail");
    expect((await register())[0]).toBe(201);
    expect(await house.mails(email)).toEqual([]);
    expect(house.queue.deadLetters).toMatchObject([{ receiveCount: 5 }]);
    expect((await post("/email/verify/request", { email }))[0]).toBe(202);
    expect(await house.mails(email)).toHaveLength(1);
  });
});
