/**
 * Somebody registers an address that is not theirs, with a password of their own, and waits for its reader to verify it.
 * The reader registers too, where that is answered as if nobody had.
 */
import "../../../test/environment.ts";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { clearOutbox } from "../../functions/test/outbox.ts";
import { newEmail } from "../../functions/test/people.ts";
import { tokenIn } from "../../functions/test/post.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouse, type InlineHouseOptions, startInlineHouse } from "./support/inline-house.ts";
import { send } from "./support/send.ts";

captureStdout();

const strangers = "eleven geese on a barge";
const readers = "violet marmalade 93 tram";
const chosen = "seven lanterns over Ghent";

let house: InlineHouse;
let email: string;
beforeEach(() => {
  vi.stubEnv("CONCEAL_ACCOUNTS", "true");
  forgetConfig();
  email = newEmail();
});
afterEach(() => {
  clearOutbox();
  vi.unstubAllEnvs();
  forgetConfig();
});

async function open(options: InlineHouseOptions = {}): Promise<void> {
  house = await startInlineHouse({ authorizerCacheSeconds: 0, ...options });
  onTestFinished(() => house.stop());
}

const post = (path: string, body: object) => send(house.url, `POST ${path}`, { body });
const statusOfLogIn = async (password: string) => (await post("/login", { email, password })).status;
const subjects = async () => (await house.mails(email)).map(({ subject }) => subject);

/** Registers the address, and waits for the mail. */
async function register(password: string) {
  const { status } = await post("/register", { email, password });
  expect(status).toBe(201);
  const [mail] = await house.mails(email);
  return mail;
}

it.each([1, 2])(
  "who registers an address that was never verified gets the account, and who came before is out (deliveries: %i)",
  async (deliveries) => {
    await open({ deliveries });
    const first = await register(strangers);
    const stale = { token: tokenIn(await house.mails(email), "verify-email") };
    await register(readers);
    expect(await subjects()).toContain("Finish your registration for Gatehouse");
    for (const proof of [stale, { email, code: first?.code }]) {
      const { status, body } = await post("/email/verify", proof);
      expect([status, body.code]).toEqual([400, "invalid_code"]);
    }
    expect([await statusOfLogIn(strangers), await statusOfLogIn(readers)]).toEqual([401, 401]);
    const token = tokenIn(await house.mails(email), "reset-password");
    expect((await post("/password/reset", { token, password: chosen })).status).toBe(204);
    expect([await statusOfLogIn(strangers), await statusOfLogIn(readers)]).toEqual([401, 401]);
    const { status, body } = await post("/login", { email, password: chosen });
    expect(status).toBe(200);
    expect((await send(house.url, "GET /me", { token: body.token })).body.emailVerified).toBe(true);
  },
);

it("a second registration of a verified address changes nothing, and its reader is told", async () => {
  await open();
  await register(readers);
  const token = tokenIn(await house.mails(email), "verify-email");
  expect((await post("/email/verify", { token })).status).toBe(200);
  await register(strangers);
  expect(await subjects()).toEqual([
    "You already have an account with Gatehouse",
    "Verify your email address for Gatehouse",
  ]);
  expect([await statusOfLogIn(strangers), await statusOfLogIn(readers)]).toEqual([401, 200]);
});

it("where nobody registers a second time the first link verifies, and the password that was sent first is good", async () => {
  await open();
  await register(readers);
  expect(await statusOfLogIn(readers)).toBe(401);
  const token = tokenIn(await house.mails(email), "verify-email");
  expect((await post("/email/verify", { token })).status).toBe(200);
  expect(await statusOfLogIn(readers)).toBe(200);
});
