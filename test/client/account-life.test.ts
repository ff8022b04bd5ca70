/** The life of an account by the typed client: from a call of it to the table, and back, in both transports. */
import "../../packages/core/test/cheap-hashes.ts";
import "../environment.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client, Result } from "../../packages/client/src/index.ts";
import { newEmail, password } from "../../packages/functions/test/people.ts";
import { tokenIn } from "../../packages/functions/test/post.ts";
import { newPassword } from "../../packages/functions/test/samples.ts";
import { captureStdout } from "../../packages/functions/test/stdout.ts";
import { type InProcess, startInProcess } from "../../packages/local/test/support/in-process.ts";
import { type Device, newDevice } from "./device.ts";

captureStdout();

let house: InProcess;
beforeAll(async () => {
  house = await startInProcess({ authorizerCacheSeconds: 0 });
});
afterAll(() => house.stop());

const mailed = async (page: string, to: string) => tokenIn(await house.mails(to), page);

/** The code of the error, or undefined where all went well. */
const refusal = async (call: Promise<Result<unknown>>) => (await call).error?.code;

describe.each(["cookie", "bearer"] as const)("with the refresh token by %s,", (transport) => {
  let email: string;
  let device: Device;
  let auth: Client;
  beforeEach(async () => {
    email = newEmail();
    device = newDevice(house, transport);
    auth = device.open();
    await auth.orThrow.register({ email, password });
  });

  const logIn = (client = auth) => client.orThrow.login({ email, password, deviceLabel: "Ada's laptop" });

  it("a person registers, verifies the email by the mailed link, and is who they are", async () => {
    expect(await auth.orThrow.verifyEmail({ token: await mailed("verify-email", email) })).toEqual({
      status: "VERIFIED",
    });
    const { user } = await logIn();
    expect(user).toMatchObject({ email, emailVerified: true, name: null });
    expect(auth.session).toEqual({ status: "active", userId: user.id, sessionId: expect.any(String) });
    expect(await auth.orThrow.changeMe({ name: "Ada" })).toMatchObject({ name: "Ada" });
    expect(await auth.orThrow.me()).toMatchObject({ id: user.id, name: "Ada" });
    expect(await auth.orThrow.changeMe({ name: null })).toMatchObject({ name: null });
  });

  it("the digits of the mail verify the email as well as its link", async () => {
    const [letter] = await house.mails(email);
    expect(await auth.orThrow.verifyEmail({ email, code: letter?.code ?? "" })).toEqual({
      status: "VERIFIED",
    });
  });

  it("a page that is loaded again goes on in the same session, and a new device does not", async () => {
    await logIn();
    const again = device.open();
    expect(again.session).toEqual({ status: "unknown" });
    expect(await again.restore()).toEqual(auth.session);
    expect((await again.orThrow.me()).email).toBe(email);
    expect(await newDevice(house, transport).open().restore()).toEqual({ status: "none" });
  });

  it("a refresh brings other tokens of the same session", async () => {
    await logIn();
    const [session, refreshToken] = [auth.session, device.refreshToken];
    const { data: before } = await auth.accessToken();
    expect((await auth.refresh()).data).toEqual(session);
    expect(device.refreshToken).not.toBe(refreshToken);
    const { data: after } = await auth.accessToken();
    expect([before, after]).toEqual([expect.any(String), expect.any(String)]);
    expect(after).not.toBe(before);
  });

  it("nobody but the API sees where the refresh token is kept", async () => {
    const answer = await logIn();
    expect(answer.refreshToken).toBe(transport === "cookie" ? undefined : device.refreshToken);
    expect(device.refreshToken).toMatch(/^\w+\.\w+\.\d+\./);
  });

  it("the sessions of all devices are told, and one ended from another device is over", async () => {
    await logIn();
    const phone = newDevice(house, transport).open();
    await phone.orThrow.login({ email, password });
    const { sessions } = await auth.orThrow.sessions();
    expect(sessions.map(({ current, label }) => [current, label]).toSorted()).toEqual([
      [false, null],
      [true, "Ada's laptop"],
    ]);
    const other = sessions.find(({ current }) => !current)?.id ?? "";
    expect(await auth.endSession({ sessionId: other })).toEqual({ data: undefined, error: undefined });
    expect(await refusal(phone.me())).toBe("insufficient_scope");
    expect((await phone.refresh()).error).toMatchObject({
      code: "not_logged_in",
      cause: { code: "session_ended" },
    });
    expect(phone.session).toEqual({ status: "none", reason: "session_ended" });
    expect((await auth.orThrow.me()).email).toBe(email);
  });

  it("a new password is asked for from then on, and ends the other sessions", async () => {
    await logIn();
    const phone = newDevice(house, transport).open();
    await phone.orThrow.login({ email, password });
    expect(await auth.orThrow.changePassword({ currentPassword: password, newPassword })).toEqual({
      ended: 1,
    });
    expect((await auth.orThrow.me()).email).toBe(email);
    expect((await auth.refresh()).error).toBeUndefined();
    expect(await refusal(phone.refresh())).toBe("not_logged_in");
    expect(await refusal(phone.login({ email, password }))).toBe("invalid_credentials");
    expect(await refusal(phone.login({ email, password: newPassword }))).toBeUndefined();
  });

  it("a forgotten password is replaced by the mailed link", async () => {
    await logIn();
    await auth.orThrow.forgotPassword({ email });
    const token = await mailed("reset-password", email);
    expect(await auth.resetPassword({ token, password: newPassword })).toEqual({
      data: undefined,
      error: undefined,
    });
    expect(await refusal(auth.refresh())).toBe("not_logged_in");
    expect(await refusal(auth.login({ email, password: newPassword }))).toBeUndefined();
  });

  it("another email counts once it is confirmed", async () => {
    await logIn();
    const wanted = newEmail();
    expect(await auth.orThrow.changeEmail({ email: wanted, password })).toMatchObject({
      status: expect.any(String),
    });
    expect((await auth.orThrow.me()).email).toBe(email);
    const token = await mailed("confirm-email", wanted);
    expect(await auth.orThrow.confirmEmail({ token })).toMatchObject({ email: wanted, emailVerified: true });
    expect(await refusal(auth.login({ email, password }))).toBe("invalid_credentials");
    expect(await refusal(auth.login({ email: wanted, password }))).toBeUndefined();
  });

  it("what happened is told page by page, and everything that is stored in one piece", async () => {
    await logIn();
    await auth.orThrow.changePassword({ currentPassword: password, newPassword });
    const first = await auth.orThrow.events({ limit: 2 });
    expect(first.events.map(({ type }) => type)).toEqual(["password_changed", "logged_in"]);
    const rest = await auth.orThrow.events({ limit: 2, before: Number(first.next) });
    expect([rest.events.map(({ type }) => type), rest.next]).toEqual([["registered"], null]);
    const copy = await auth.orThrow.exportMe();
    expect([copy.user["email"], copy.sessions.length, copy.events.length]).toEqual([email, 1, 3]);
  });

  it("after a log-out the session is over, here and for whoever has its tokens", async () => {
    await logIn();
    const { data: token = "" } = await auth.accessToken();
    expect(await auth.logout()).toEqual({ data: undefined, error: undefined });
    expect(auth.session).toEqual({ status: "none", reason: "logged_out" });
    expect(device.refreshToken).toBeUndefined();
    expect(await refusal(auth.me())).toBe("not_logged_in");
    const headers = { Authorization: `Bearer ${token}` };
    expect((await house.fetch(`${house.url}/me`, { headers })).status).toBe(403);
    expect(await device.open().restore()).toEqual({ status: "none" });
  });

  it("a deleted account is gone, and its email free", async () => {
    await logIn();
    expect(await refusal(auth.deleteMe({ password: newPassword }))).toBe("wrong_password");
    expect(await auth.orThrow.deleteMe({ password })).toMatchObject({ receiptId: expect.any(String) });
    expect(auth.session).toEqual({ status: "none", reason: "account_deleted" });
    expect(await refusal(auth.login({ email, password }))).toBe("invalid_credentials");
    expect(await refusal(auth.register({ email, password }))).toBeUndefined();
  });

  it("its fetch is let in behind the authorizer, and gives its token to nobody else", async () => {
    await logIn();
    expect(await (await auth.fetch(`${house.url}/me`)).json()).toMatchObject({ email });
    await auth.orThrow.logout();
    await expect(auth.fetch(`${house.url}/me`)).rejects.toMatchObject({ code: "not_logged_in" });
    await expect(auth.fetch("https://elsewhere.example/me")).rejects.toThrow(TypeError);
  });
});

it("a refresh token that was replaced twice and comes back ends the session, and both clients hear why", async () => {
  const email = newEmail();
  const device = newDevice(house, "bearer");
  const auth = device.open();
  await auth.orThrow.register({ email, password });
  const { refreshToken: first = "" } = await auth.orThrow.login({ email, password });
  await auth.refresh();
  await auth.refresh();
  const stolen = new Map([[`gatehouse:${house.url}:bearer`, first]]);
  const storage = {
    getItem: (key: string) => stolen.get(key) ?? null,
    setItem: (key: string, value: string) => stolen.set(key, value),
    removeItem: (key: string) => stolen.delete(key),
  };
  const thief = newDevice(house, "bearer").open({ storage });
  expect(await thief.restore()).toEqual({ status: "none", reason: "refresh_token_reused" });
  expect((await auth.refresh()).error).toMatchObject({
    code: "not_logged_in",
    cause: { code: "session_ended" },
  });
});
