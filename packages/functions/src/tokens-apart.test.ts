/** No kind of token is taken for another, in any direction, wherever a token can be presented. */
import { type Route, routes } from "@gatehouse/contract";
import { beforeEach, describe, expect, it } from "vitest";
import { recordedEvent, shapes } from "../test/authorizer-events.ts";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../test/cookies.ts";
import { handlerOf } from "../test/handler-of.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readTable } from "../test/table.ts";
import { handler as authorizer } from "./authorizer.ts";
import * as jwks from "./jwks.ts";
import * as logout from "./logout.ts";
import * as refresh from "./refresh.ts";

captureStdout();

let person: Person;
let kid: string;
beforeEach(async () => {
  person = await newPerson();
  kid = (await call(jwks.handler, { method: "GET" })).body.keys[0].kid;
});

/** Everything a caller might know that is not the token asked for. */
const others = (): Record<string, string> => ({
  "the user's id": person.user.id,
  "the session's id": person.context.sessionId,
  "a token's id": String(JSON.parse(decode(person.token.split(".")[1])).jti),
  "a key's id": kid,
  "user and session": `${person.user.id}.${person.context.sessionId}`,
  "a refresh token without its proof": person.refreshToken.replace(/[^.]+$/, ""),
  "a proof alone": person.refreshToken.split(".").at(-1) ?? "",
  "the parts of both": `${person.refreshToken}.${person.token}`,
  "a refresh token in base64url": Buffer.from(person.refreshToken).toString("base64url"),
  "the email": person.email,
});

function decode(segment = ""): string {
  return Buffer.from(segment, "base64url").toString();
}

const asAccessToken = (text: string) => ({ "an access token": text, ...others() });
const asRefreshToken = (text: string) => ({ "a refresh token": text, ...others() });

async function expectNothingWritten(run: () => Promise<void>): Promise<void> {
  const before: Item[] = await readTable();
  await run();
  expect(await readTable()).toEqual(before);
}

describe.each(shapes)("the authorizer, asked by a %s event,", (shape) => {
  it("takes an access token and nothing else", async () => {
    const effectOf = async (authorization: string) =>
      (await authorizer(recordedEvent(shape, authorization))).policyDocument.Statement[0]?.Effect;
    for (const text of Object.values(asRefreshToken(person.refreshToken))) {
      expect([await effectOf(`Bearer ${text}`), await effectOf(text)]).toEqual(["Deny", "Deny"]);
    }
    expect(await effectOf(`Bearer ${person.token}`)).toBe("Allow");
  });
});

describe("refresh", () => {
  it("takes a refresh token from body or cookie and nothing else", async () => {
    await expectNothingWritten(async () => {
      for (const text of Object.values(asAccessToken(person.token))) {
        const byBody = await call(refresh.handler, { body: { refreshToken: text } });
        // An access token is longer than the field may be.
        expect([401, 422]).toContain(byBody.status);
        const byCookie = await call(refresh.handler, { cookies: [cookieOf(text)], headers: fromOurPage });
        expect([byCookie.status, byCookie.body.code]).toEqual([401, "invalid_refresh_token"]);
      }
    });
    const { status, body } = await call(refresh.handler, { body: { refreshToken: person.refreshToken } });
    expect(status).toBe(200);
    const answer = await call(refresh.handler, {
      cookies: [cookieOf(body.refreshToken)],
      headers: fromOurPage,
    });
    expect(tokenInCookie(answer)).toBeTruthy();
  });

  it("takes neither from the Authorization header", async () => {
    await expectNothingWritten(async () => {
      for (const text of [person.token, person.refreshToken]) {
        const { status } = await call(refresh.handler, { headers: { authorization: `Bearer ${text}` } });
        expect(status).toBe(401);
      }
    });
  });
});

describe("log-out", () => {
  it("takes only a refresh token from body or cookie, and only an access token from Authorization", async () => {
    await expectNothingWritten(async () => {
      for (const text of Object.values(asAccessToken(person.token))) {
        expect([401, 422]).toContain((await call(logout.handler, { body: { refreshToken: text } })).status);
        // Cleared, and no more.
        const byCookie = await call(logout.handler, { cookies: [cookieOf(text)], headers: fromOurPage });
        expect([byCookie.status, tokenInCookie(byCookie)]).toEqual([204, ""]);
      }
      for (const text of Object.values(asRefreshToken(person.refreshToken))) {
        const { status } = await call(logout.handler, { headers: { authorization: `Bearer ${text}` } });
        expect(status).toBe(401);
      }
    });
  });
});

it("no handler behind the authorizer reads a token itself", async () => {
  const guarded = Object.values<Route>(routes).filter((route) => route.authorizer === "token");
  for (const route of guarded) {
    const handler = await handlerOf(route.name);
    for (const text of [person.token, person.refreshToken]) {
      const request = {
        method: route.method,
        headers: { ...fromOurPage, authorization: `Bearer ${text}` },
        cookies: [cookieOf(text), `token=${text}`],
        // Where a route has a query, it is closed, and refuses a token before anything else.
        ...(route.query === undefined ? { query: { access_token: text } } : {}),
        ...sampleOf(route, person),
      };
      expect((await call(handler, request)).status).toBe(401);
    }
  }
});
