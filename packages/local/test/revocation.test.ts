/**
 * The promise of docs/security.md: after a log-out, the end of a session or of all others, and a ban, access ends
 * everywhere within the authorizer's cache time plus one second. On a clock that the test sets, through the gateway.
 */
import "../../../test/environment.ts";
import { type Route, routes } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import * as Session from "@gatehouse/core/session";
import * as User from "@gatehouse/core/user";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { logInAgain, newPerson, type Person, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { type Message, send } from "./support/send.ts";

captureStdout();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

let house: InlineHouse;

async function openHouse(authorizerCacheSeconds: number): Promise<string> {
  house = await startInlineHouse({ authorizerCacheSeconds });
  onTestFinished(() => house.stop());
  return house.url;
}

const guarded = Object.values<Route>(routes).filter((route) => route.authorizer === "token");

const newPassword = "seven lanterns over Ghent";
const wrong = "not the password";

/** Bodies that are whole, and with which nothing happens. */
const harmless: Readonly<Record<string, object>> = {
  changeMe: { name: "Ada" },
  changePassword: { currentPassword: wrong, newPassword },
  changeEmail: { email: "ada@example.com", password: wrong },
  confirmEmail: { code: "000000" },
  deleteMe: { password: wrong },
};

/** The routes that let a token in. None is asked for anything that would change its session. */
async function openRoutes(url: string, token: string, asked = guarded): Promise<string[]> {
  const open: string[] = [];
  for (const { name, method, path, body } of asked) {
    // Nobody has this session: who is let in is told so.
    const what = `${method} ${path.replace("{sessionId}", "0001k0qj3v5e8m2n4p6r8t0v2x4z")}`;
    const answer = await send(url, what, { token, ...(body && { body: harmless[name] }) });
    expect([200, 400, 404, 401, 403]).toContain(answer.status);
    const isIn = answer.body?.code === "wrong_password";
    if (isIn || (answer.status !== 401 && answer.status !== 403)) open.push(name);
  }
  return open;
}

const everyRoute = guarded.map(({ name }) => name);

/** Those that look at no password, which takes its time: the authorizer's answer is the same for all. */
const quickRoutes = guarded.filter(({ name }) => !JSON.stringify(harmless[name] ?? "").includes(wrong));

const logOut = async (url: string, message: Message) => {
  expect((await send(url, "POST /logout", message)).status).toBe(204);
};

/** What gets ready to end a person's session, and then ends it: each by another means. */
const ends: [string, (url: string, person: Person) => Promise<() => Promise<unknown>>][] = [
  [
    "a log-out by refresh token",
    async (url, { refreshToken }) =>
      () =>
        logOut(url, { body: { refreshToken } }),
  ],
  [
    "a log-out by cookie",
    async (url, { refreshToken }) => {
      const headers = {
        Cookie: `__Host-gatehouse-refresh=${refreshToken}`,
        Origin: "https://app.example.com",
      };
      return () => logOut(url, { body: {}, headers });
    },
  ],
  [
    "a log-out by access token",
    async (url, { token }) =>
      () =>
        logOut(url, { token }),
  ],
  [
    "an end from another device",
    async (url, person) => async () => {
      const { token } = await logInAgain(person);
      const { status } = await send(url, `DELETE /me/sessions/${person.context.sessionId}`, { token });
      expect(status).toBe(204);
    },
  ],
  [
    "an end of all others",
    async (url, person) => async () => {
      const { token } = await logInAgain(person);
      const { status, body } = await send(url, "DELETE /me/sessions", { token });
      expect([status, body]).toEqual([200, { ended: 1 }]);
    },
  ],
  [
    "a ban",
    async (_url, { email }) =>
      () =>
        User.setStatus(email, "disabled"),
  ],
  [
    "a ban that was lifted at once",
    async (_url, { email }) =>
      async () => {
        await User.setStatus(email, "disabled");
        await User.setStatus(email, "active");
      },
  ],
  [
    "another password",
    async (url, person) => async () => {
      const { token } = await logInAgain(person);
      const body = { currentPassword: password, newPassword };
      const answer = await send(url, "POST /me/password", { token, body });
      expect([answer.status, answer.body]).toEqual([200, { ended: 1 }]);
    },
  ],
  [
    "a password reset by mail",
    async (url, { email }) =>
      async () => {
        await send(url, "POST /password/forgot", { body: { email } });
        const links = (await house.mails(email)).flatMap((mail) => mail.links);
        const token = links.find((link) => link.includes("/reset-password"))?.split("#token=")[1];
        const answer = await send(url, "POST /password/reset", { body: { token, password: newPassword } });
        expect(answer.status).toBe(204);
      },
  ],
  [
    "the deletion of the account",
    async (url, person) => async () => {
      const { token } = await logInAgain(person);
      expect((await send(url, "DELETE /me", { token, body: { password } })).status).toBe(200);
    },
  ],
  [
    "a refresh token that was used before",
    async (url, { refreshToken }) => {
      await send(url, "POST /refresh", { body: { refreshToken } });
      await send(url, "POST /refresh", { body: { refreshToken } });
      pass(31);
      return async () => {
        const { body } = await send(url, "POST /refresh", { body: { refreshToken } });
        expect(body.code).toBe("refresh_token_reused");
      };
    },
  ],
];

describe.each([0, 1, 60])("where the authorizer's answer is kept for %i s", (cacheSeconds) => {
  it.each(ends)("%s ends access to every route within that time and a second", async (_name, prepare) => {
    const url = await openHouse(cacheSeconds);
    const person = await newPerson();
    const end = await prepare(url, person);
    // The worst moment: the answer is kept from now on.
    expect(await openRoutes(url, person.token, quickRoutes)).toContain("sessions");
    await end();
    pass(cacheSeconds - 0.001);
    // A kept answer still opens what no handler looks behind: the clock and the cache are at work.
    if (cacheSeconds > 0) expect(await openRoutes(url, person.token, quickRoutes)).toContain("sessions");
    pass(1.001);
    expect(await openRoutes(url, person.token)).toEqual([]);
    pass(600);
    expect(await openRoutes(url, person.token)).toEqual([]);
  });

  it("a token that has expired opens nothing, though its answer is still kept", async () => {
    const url = await openHouse(cacheSeconds);
    const { token, context } = await newPerson();
    vi.setSystemTime(context.exp * 1000 - 1);
    expect(await openRoutes(url, token)).toEqual(everyRoute);
    vi.setSystemTime(context.exp * 1000);
    expect(await openRoutes(url, token)).toEqual([]);
  });

  it("a session that ran out opens nothing once its answer is forgotten", async () => {
    vi.stubEnv("SESSION_IDLE_SECONDS", "60");
    forgetConfig();
    const url = await openHouse(cacheSeconds);
    const { token } = await newPerson();
    const loggedInAt = Math.floor(Date.now() / 1000) * 1000;
    vi.setSystemTime(loggedInAt + 59_999);
    expect(await openRoutes(url, token)).toEqual(everyRoute);
    pass(cacheSeconds + 1);
    expect(await openRoutes(url, token)).toEqual([]);
  });
});

it.each([
  ["banned", ["disabled"]],
  ["banned and let in again", ["disabled", "active"]],
] as const)("a log-in under way while its person is %s opens nothing", async (_name, statuses) => {
  const url = await openHouse(0);
  const { email } = await newPerson();
  const proved = await User.authenticate(email, password);
  for (const status of statuses) await User.setStatus(email, status);
  const { token } = await Session.open(proved, { sourceIp: "192.0.2.1" });
  expect(await openRoutes(url, token)).toEqual([]);
});

it("what ends one person's session ends nobody else's", async () => {
  const url = await openHouse(0);
  const bystander = await newPerson();
  for (const [, prepare] of ends) await (await prepare(url, await newPerson()))();
  expect(await openRoutes(url, bystander.token)).toEqual(everyRoute);
});
