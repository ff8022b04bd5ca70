/** Who asks, from where and for what is told by the token, the socket and the request line: by nothing else. */
import "../../../test/environment.ts";
import { type Route, routes } from "@gatehouse/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, type Person, password } from "../../functions/test/people.ts";
import { sampleOf } from "../../functions/test/samples.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { readAccounts } from "../../functions/test/table.ts";
import { sendText } from "../src/gateway/test/send.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { bytesOf, goodRequest, type RawRequest, statusesIn } from "./support/raw.ts";

captureStdout();

let house: InlineHouse;
let port: number;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  house = await startInlineHouse({ hasWorker: false });
  port = Number(new URL(house.url).port);
  ada = await newPerson();
  bob = await newPerson();
});
afterAll(() => house.stop());

const guarded = Object.values<Route>(routes).filter((route) => route.authorizer === "token");
const named = guarded.map((route) => [`${route.method} ${route.path}`, route] as const);

/** The status and the body of the one answer. */
async function ask(request: RawRequest): Promise<[status: number | undefined, body: string]> {
  const text = await sendText(port, bytesOf(request));
  const statuses = statusesIn(text);
  expect(statuses).toHaveLength(1);
  return [statuses[0], text.slice(text.indexOf("\r\n\r\n") + 4)];
}

/** A good request of Ada's with other lines in place of her Authorization. */
function instead(route: Route, ...lines: string[]): RawRequest {
  const good = goodRequest(route, ada);
  return { ...good, lines: [...good.lines.filter((line) => !line.startsWith("Authorization")), ...lines] };
}

async function expectRefused(requests: readonly RawRequest[], status: number, message: string) {
  const before = await readAccounts();
  for (const request of requests) expect(await ask(request)).toEqual([status, JSON.stringify({ message })]);
  expect(await readAccounts()).toEqual(before);
}

describe.each(named)("%s", (_, route) => {
  it("is refused where the header is sent twice, whatever lies between and whichever is good", async () => {
    const [own, other] = [`Authorization: Bearer ${ada.token}`, `Authorization: Bearer ${bob.token}`];
    const many = Array.from({ length: 500 }, (_, index) => `X-${index}: ${index}`);
    const requests = [
      instead(route, own, own),
      instead(route, own, other),
      instead(route, own, ...many, other),
      instead(route, "Authorization: Basic dGVzdDp4", own),
      instead(route, own, "AUTHORIZATION: x"),
      instead(route, `${own}, Bearer ${bob.token}`),
    ];
    await expectRefused(requests, 403, "Forbidden");
  });

  it("is refused where the scheme is another one, or the token is quoted", async () => {
    const requests = [
      instead(route, `Authorization: Basic ${ada.token}`),
      instead(route, `Authorization: DPoP ${ada.token}`),
      instead(route, `Authorization: Bearer "${ada.token}"`),
      instead(route, `Authorization: Bearer: ${ada.token}`),
      instead(route, `Authorization: Bearer token=${ada.token}`),
    ];
    await expectRefused(requests, 403, "Forbidden");
  });

  it("takes no token from the query, a cookie, a form or another header, and no user from the body", async () => {
    const bare = instead(route);
    const { token } = ada;
    const own = { ...sampleOf(route, ada).body, userId: ada.user.id, access_token: token };
    const requests = [
      bare,
      {
        ...bare,
        target: `${bare.target}?access_token=${token}&token=${token}&authorization=Bearer%20${token}`,
      },
      instead(route, `Cookie: access_token=${token}; Authorization=Bearer ${token}`),
      instead(route, `Proxy-Authorization: Bearer ${token}`, `X-Authorization: Bearer ${token}`),
      instead(route, `X-User-Id: ${ada.user.id}`, `X-Amzn-Oidc-Identity: ${ada.user.id}`),
      { ...bare, body: JSON.stringify(own) },
      { ...instead(route, "Content-Type: application/x-www-form-urlencoded"), body: `access_token=${token}` },
      instead(route, "Authorization:"),
    ];
    await expectRefused(requests, 401, "Unauthorized");
  });
});

it("a log-out by a doubled Authorization ends nobody's session", async () => {
  const before = await readAccounts();
  const lines = [`Authorization: Bearer ${ada.token}`, `Authorization: Bearer ${bob.token}`];
  const [status, body] = await ask({ ...instead(routes.logout, ...lines), body: "" });
  expect([status, JSON.parse(body).code]).toEqual([401, "invalid_refresh_token"]);
  expect(await readAccounts()).toEqual(before);
});

describe("a client that claims to be somebody or somewhere else", () => {
  const claims = (of: Person): string[] => [
    "X-Forwarded-For: 203.0.113.9",
    "X-Real-IP: 203.0.113.9",
    "Forwarded: for=203.0.113.9;host=evil.example;proto=https",
    "True-Client-IP: 203.0.113.9",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Proto: gopher",
    "X-Request-Id: mine",
    `X-User-Id: ${of.user.id}`,
    `X-Session-Id: ${of.context.sessionId}`,
    "X-Roles: admin",
    "X-Scope: admin",
  ];

  it("is known by its token", async () => {
    const [status, body] = await ask(
      instead(routes.me, `Authorization: Bearer ${ada.token}`, ...claims(bob)),
    );
    expect([status, JSON.parse(body)]).toEqual([200, ada.user]);
  });

  it("is counted and listed by its socket's address", async () => {
    const good = goodRequest(routes.login, ada);
    const [status, body] = await ask({ ...good, lines: [...good.lines, ...claims(bob)] });
    expect(status).toBe(200);
    const { token } = JSON.parse(body);
    const [, list] = await ask(instead(routes.sessions, `Authorization: Bearer ${token}`));
    const current = JSON.parse(list).sessions.find((session: { current: boolean }) => session.current);
    expect(current.sourceIp).toBe("127.0.0.1");
    expect(JSON.stringify(await readAccounts())).not.toMatch(/203\.0\.113\.9|evil\.example/);
  });

  it("moves no link and no problem's type to another host", async () => {
    const lines = [
      "Connection: close",
      "Host: evil.example",
      "X-Forwarded-Host: evil.example",
      "Content-Type: application/json",
    ];
    for (const target of ["/login", "http://evil.example/login", "http://user:pass@evil.example:99/login"]) {
      const body = JSON.stringify({ email: ada.email, password: `not ${password}` });
      const [status, text] = await ask({ method: "POST", target, lines, body });
      expect([status, JSON.parse(text).type]).toEqual([
        401,
        "https://auth.example.com/problems/invalid_credentials",
      ]);
    }
  });

  it("reaches no other route or method by a header or the query", async () => {
    const before = await readAccounts();
    const good = goodRequest(routes.sessions, ada);
    const lines = [
      ...good.lines,
      ...["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"].map((name) => `${name}: DELETE`),
      ...["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Path"].map((name) => `${name}: /me/export`),
    ];
    const [status, body] = await ask({ ...good, target: `${good.target}?_method=DELETE`, lines });
    expect([status, Object.keys(JSON.parse(body))]).toEqual([200, ["sessions"]]);
    expect(await readAccounts()).toEqual(before);
  });
});
