import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import type { Problem, Refreshed } from "../../packages/client/src/index.ts";
import { codeOf, newPassword, Skipped, type Walk } from "./walk.ts";

export interface Step {
  readonly title: string;
  readonly take: (walk: Walk) => Promise<void>;
}

const step = (title: string, take: Step["take"]): Step => ({ title, take });

/** Of anybody, before there is an account. */
const open: readonly Step[] = [
  step("it runs, and has keys that verify its tokens", async ({ auth }) => {
    deepEqual(await auth.orThrow.health(), { status: "ok" });
    ok((await auth.orThrow.jwks()).keys.length > 0);
  }),
  step("it calls itself the same everywhere", async ({ auth, http }) => {
    const { issuer, jwks_uri } = await auth.orThrow.openidConfiguration();
    deepEqual(
      { issuer, jwks_uri },
      { issuer: http.issuer, jwks_uri: `${http.issuer}/.well-known/jwks.json` },
    );
    equal((await auth.orThrow.oauthServerMetadata()).issuer, issuer);
  }),
  step(
    "without a token the gateway says 401, with one that is none 403, and to no route 404",
    async (walk) => {
      equal((await walk.send("GET /me")).status, 401);
      equal((await walk.send("GET /me", { headers: { authorization: "Bearer a.b.c" } })).status, 403);
      const nowhere = await walk.send("GET /nowhere");
      deepEqual([nowhere.status, await nowhere.json()], [404, { message: "Not Found" }]);
    },
  ),
  step("a page that is allowed may ask, and another may not", async (walk) => {
    if (walk.options.origin === undefined) throw new Skipped("name a page of this stage by --origin");
    const preflight = (origin: string) =>
      walk.send("OPTIONS /login", { headers: { origin, "access-control-request-method": "POST" } });
    const allowed = (await preflight(walk.origin)).headers;
    equal(allowed.get("access-control-allow-origin"), walk.origin);
    equal(allowed.get("access-control-allow-credentials"), "true");
    const other = (await preflight("https://elsewhere.example")).headers;
    equal(other.get("access-control-allow-origin"), null);
  }),
];

/** An account of its own comes to be. */
const beginning: readonly Step[] = [
  step("a weak password is refused, with the reason", async ({ auth, email }) => {
    const { error } = await auth.register({ email, password: "password123" });
    equal(error?.code, "weak_password");
    ok(error?.fieldMessage("password"));
  }),
  step(
    "somebody registers; the same address once more makes no second account",
    async ({ auth, ...walk }) => {
      const { email, password } = walk;
      await auth.orThrow.register({ email, password }, { idempotencyKey: crypto.randomUUID() });
      // 201 once more where the stage conceals who has an account.
      const again = await auth.register({ email, password: newPassword() });
      ok(again.data || again.error.code === "email_taken");
    },
  ),
  step("the email is verified by what was mailed", async (walk) => {
    const mail = await walk.mail();
    if (!mail?.code) throw new Skipped("only the mailbox of a laptop can be read from here");
    const { email } = walk;
    deepEqual(await walk.auth.orThrow.verifyEmail({ email, code: mail.code }), { status: "VERIFIED" });
  }),
];

/** Whoever has an account uses it. */
const using: readonly Step[] = [
  step("a wrong password is refused, and an address that nobody has just so", async ({ auth, email }) => {
    const nobody = `nobody-${crypto.randomUUID()}@example.com`;
    equal(await codeOf(auth.login({ email, password: newPassword() })), "invalid_credentials");
    equal(await codeOf(auth.login({ email: nobody, password: newPassword() })), "invalid_credentials");
  }),
  step("the right one logs in, and the token says who it is", async ({ auth, http, email, password }) => {
    const { data, error } = await auth.login({ email, password, deviceLabel: "e2e" });
    if (error?.code === "email_not_verified") {
      throw new Error(
        "this stage wants emails verified first: name a verified account by --email, --password",
      );
    }
    if (error) throw error;
    equal(issuerOf(data.token), http.issuer);
    equal((await auth.orThrow.me()).email, email);
  }),
  step("it is on the list of sessions and on record", async ({ auth }) => {
    const { sessions } = await auth.orThrow.sessions();
    equal(sessions.find(({ current }) => current)?.label, "e2e");
    const { events } = await auth.orThrow.events({ limit: 5 });
    ok(events.some(({ type }) => type === "logged_in"));
  }),
  step("a refresh brings the next tokens, and the same ones to whoever asks twice", async (walk) => {
    const body = { refreshToken: walk.refreshToken };
    const refresh = async () => (await walk.send("POST /refresh", { body })).json() as Promise<Refreshed>;
    const [one, two] = [await refresh(), await refresh()];
    notEqual(one.refreshToken, body.refreshToken);
    equal(two.refreshToken, one.refreshToken);
    // The client's own, of the one before, is still good: that is the grace.
    equal((await walk.auth.refresh()).data?.status, "active");
  }),
  step(
    "in cookie mode the refresh token is in a cookie that no script reads, and nowhere else",
    async (walk) => {
      const lines: string[] = [];
      const other = walk.open("cookie", (line) => lines.push(line));
      const data = await other.orThrow.login({ email: walk.email, password: walk.password });
      equal(data.refreshToken, undefined);
      match(lines[0] ?? "", /^__Host-gatehouse-refresh=[^;]+; Path=\/; Secure; HttpOnly; SameSite=/);
      equal((await other.refresh()).data?.status, "active");
      equal((await other.logout()).error, undefined);
      match(lines.at(-1) ?? "", /^__Host-gatehouse-refresh=;.*Max-Age=0$/);
    },
  ),
  step("a page of elsewhere can log nobody in", async (walk) => {
    const headers = { origin: "https://elsewhere.example" };
    const body = { email: walk.email, password: walk.password, transport: "cookie" };
    const response = await walk.send("POST /login", { headers, body });
    const { code } = (await response.json()) as Problem;
    deepEqual([response.status, code], [403, "origin_refused"]);
  }),
  step("a session that is logged out is refused by the gateway within its cache time", async (walk) => {
    const other = walk.open("bearer");
    const { token } = await other.orThrow.login({ email: walk.email, password: walk.password });
    const headers = { authorization: `Bearer ${token}` };
    equal((await walk.send("GET /me", { headers })).status, 200);
    equal((await other.logout()).error, undefined);
    const end = Date.now() + (walk.options.cacheSeconds + 1) * 1000;
    while ((await walk.send("GET /me", { headers })).status === 200) {
      ok(Date.now() < end, `it is still let in after ${walk.options.cacheSeconds} s and one`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }),
];

/** An account of its own is changed, and goes. */
const end: readonly Step[] = [
  step("a new password ends every other session, and the old one is good for nothing", async (walk) => {
    const { auth, email } = walk;
    const other = walk.open("bearer");
    await other.orThrow.login({ email, password: walk.password });
    const [currentPassword, password] = [walk.password, newPassword()];
    ok((await auth.orThrow.changePassword({ currentPassword, newPassword: password })).ended > 0);
    walk.password = password;
    equal(await codeOf(other.refresh()), "not_logged_in");
    equal(await codeOf(other.login({ email, password: currentPassword })), "invalid_credentials");
  }),
  step("everything that is stored of somebody comes in one document", async ({ auth, email }) => {
    const copy = await auth.orThrow.exportMe();
    equal(copy.user["email"], email);
    ok(copy.events.length > 0);
  }),
  step("a deletion asks for the password, and leaves nobody behind", async ({ auth, email, password }) => {
    equal(await codeOf(auth.deleteMe({ password: newPassword() })), "wrong_password");
    ok((await auth.orThrow.deleteMe({ password })).itemsErased > 0);
    equal(auth.session.status, "none");
    equal(await codeOf(auth.login({ email, password })), "invalid_credentials");
  }),
];

function issuerOf(token: string): unknown {
  const [, claims = ""] = token.split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString()).iss;
}

/** In their order. An account that was there before is only used. */
export function stepsOf(isOwn: boolean): readonly Step[] {
  return isOwn ? [...open, ...beginning, ...using, ...end] : [...open, ...using];
}
