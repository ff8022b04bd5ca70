/** Cookie mode as a browser meets it, over HTTP, with the house as `npm start` starts it. */
import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { useHouse } from "./support/house.ts";
import { type Answer, type Message, send } from "./support/send.ts";

const house = useHouse({ ALLOWED_ORIGINS: "https://app.example.com,https://www.example.com" });

const origin = "https://app.example.com";
const password = "correct horse battery";

let email: string;
beforeEach(async () => {
  email = `p-${randomBytes(6).toString("hex")}@example.com`;
  expect((await ask("POST /register", { body: { email, password } })).status).toBe(201);
});

const ask = (what: string, message?: Message): Promise<Answer> => send(house.url, what, message);

const logIn = (from = origin) =>
  ask("POST /login", { body: { email, password, transport: "cookie" }, headers: { Origin: from } });

/** As a browser does: with all the cookies it has for the host in one header. */
const withCookie = (cookie: string, headers: Record<string, string> = { Origin: origin }): Message => ({
  body: {},
  headers: { ...headers, Cookie: `_ga=GA1.2.3; ${cookie}; theme=dark` },
});

/** The name and the value, as they go back. */
function cookieIn({ headers }: Answer): string {
  const cookies = headers.getSetCookie();
  expect(cookies).toHaveLength(1);
  return cookies[0]?.split(";")[0] ?? "";
}

const corsOf = ({ headers }: Answer) => [
  headers.get("access-control-allow-origin"),
  headers.get("access-control-allow-credentials"),
  headers.get("vary"),
];

const granted = [origin, "true", expect.stringMatching(/origin/i)];
const refused = [null, null, expect.stringMatching(/origin/i)];

describe("a preflight", () => {
  const preflight = (path: string, method: string, from: string) =>
    ask(`OPTIONS ${path}`, {
      headers: {
        Origin: from,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
      },
    });

  it.each([
    ["/login", "POST"],
    ["/refresh", "POST"],
    ["/logout", "POST"],
    ["/me", "PATCH"],
    ["/me/sessions", "DELETE"],
    ["/me/sessions/0001k0qj3v5e8m2n4p6r8t0v2x4z", "DELETE"],
  ])("of %s %s needs no token, and grants an allowed origin credentials", async (path, method) => {
    const answer = await preflight(path, method, origin);
    expect([answer.status, corsOf(answer)]).toEqual([204, granted]);
    expect(answer.headers.get("access-control-allow-methods")?.split(",")).toContain(method);
    expect(answer.headers.get("access-control-allow-headers")).toBe(
      "authorization,content-type,idempotency-key",
    );
  });

  it.each(["https://evil.example", "https://appXexample.com", "http://app.example.com", "null"])(
    "of %s is granted nothing",
    async (from) => {
      const answer = await preflight("/refresh", "POST", from);
      expect(corsOf(answer)).toEqual(refused);
      expect(answer.headers.get("access-control-allow-methods")).toBeNull();
    },
  );
});

describe("a log-in in cookie mode", () => {
  it("sets one cookie that no script can read, and says nothing of it in the JSON", async () => {
    const answer = await logIn();
    expect([answer.status, corsOf(answer)]).toEqual([200, granted]);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-gatehouse-refresh=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=1209600$/,
      ),
    ]);
    expect(answer.body).toMatchObject({ auth: true, tokenType: "Bearer", expiresIn: 900 });
    expect(Object.keys(answer.body).filter((key) => /refresh/i.test(key))).toEqual([]);
    expect((await ask("GET /me", { token: answer.body.token, headers: { Origin: origin } })).status).toBe(
      200,
    );
  });

  it("from the API's own pages works too", async () => {
    expect((await logIn(house.url)).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "https://app.example.com.evil.example"])(
    "from %s is refused, and its page cannot read why",
    async (from) => {
      const answer = await logIn(from);
      expect([answer.status, answer.body.code]).toEqual([403, "origin_refused"]);
      expect(corsOf(answer)).toEqual(refused);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );
});

describe("a refresh by cookie", () => {
  it("sets the next cookie, among whatever other cookies the browser has", async () => {
    let cookie = cookieIn(await logIn());
    for (let turn = 0; turn < 5; turn++) {
      const answer = await ask("POST /refresh", withCookie(cookie));
      expect([answer.status, corsOf(answer)]).toEqual([200, granted]);
      expect(Object.keys(answer.body).toSorted()).toEqual(["expiresIn", "token", "tokenType"]);
      expect(cookieIn(answer)).not.toBe(cookie);
      cookie = cookieIn(answer);
    }
  });

  it("of twenty tabs at once sets the same cookie in all", async () => {
    const cookie = cookieIn(await logIn());
    const tabs = Array.from({ length: 20 }, () => ask("POST /refresh", withCookie(cookie)));
    const answers = await Promise.all(tabs);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [successor, ...others] = new Set(answers.map(cookieIn));
    expect(others).toEqual([]);
    expect((await ask("POST /refresh", withCookie(String(successor)))).status).toBe(200);
  });

  it.each([
    ["another origin", { Origin: "https://evil.example" }, 403],
    ["nowhere", {}, 403],
    ["a page of a sister site", { "Sec-Fetch-Site": "same-site" }, 403],
    ["a form", { Origin: origin, "Content-Type": "text/plain" }, 415],
    ["a form of another kind", { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" }, 415],
  ])("from %s is refused, changes no cookie, and the session goes on", async (_name, headers, status) => {
    const cookie = cookieIn(await logIn());
    const answer = await ask("POST /refresh", withCookie(cookie, headers as Record<string, string>));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
    expect((await ask("POST /refresh", withCookie(cookie))).status).toBe(200);
  });

  it("that fails clears no cookie: it may have lost to a tab whose cookie is good", async () => {
    const first = cookieIn(await logIn());
    const second = cookieIn(await ask("POST /refresh", withCookie(first)));
    await ask("POST /refresh", withCookie(second));
    for (const cookie of [first, second, "__Host-gatehouse-refresh=x"]) {
      const answer = await ask("POST /refresh", withCookie(cookie));
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
      expect(corsOf(answer)).toEqual(granted);
    }
  });

  it("beside a refresh token in the body, or with two cookies, is ambiguous", async () => {
    const cookie = cookieIn(await logIn());
    const both = { ...withCookie(cookie), body: { refreshToken: cookie.split("=")[1] } };
    expect((await ask("POST /refresh", both)).body.code).toBe("ambiguous_credentials");
    expect((await ask("POST /refresh", withCookie(`${cookie}; ${cookie}`))).body.code).toBe(
      "ambiguous_credentials",
    );
  });
});

describe("a log-out by cookie", () => {
  it("ends the session and clears the cookie with the attributes it was set with", async () => {
    const login = await logIn();
    const cookie = cookieIn(login);
    const answer = await ask("POST /logout", withCookie(cookie));
    expect([answer.status, answer.body, corsOf(answer)]).toEqual([204, undefined, granted]);
    const attributes = (line = "") => line.split("; ").slice(1, -1);
    const [cleared] = answer.headers.getSetCookie();
    expect(cleared).toMatch(/^__Host-gatehouse-refresh=;.*; Max-Age=0$/);
    expect(attributes(cleared)).toEqual(attributes(login.headers.getSetCookie()[0]));
    expect((await ask("POST /refresh", withCookie(cookie))).body.code).toBe("session_ended");
  });

  it("clears a cookie that is no token of ours", async () => {
    const answer = await ask("POST /logout", withCookie("__Host-gatehouse-refresh=garbage"));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([
      204,
      ["__Host-gatehouse-refresh=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"],
    ]);
  });
});

it("what the gateway itself refuses may be read by an allowed origin, and by no other", async () => {
  const headers = { Origin: origin };
  for (const [what, message, status] of [
    ["GET /me", { headers }, 401],
    ["GET /me", { headers, token: "a.b.c" }, 403],
    ["GET /nothing", { headers }, 404],
  ] as const) {
    const answer = await ask(what, message);
    expect([answer.status, corsOf(answer)]).toEqual([status, granted]);
  }
  expect(corsOf(await ask("GET /me", { headers: { Origin: "https://evil.example" } }))).toEqual(refused);
});
