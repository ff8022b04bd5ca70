import { forgetConfig } from "@gatehouse/core/config";
import * as Session from "@gatehouse/core/session";
import * as Token from "@gatehouse/core/token";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, call } from "../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../test/cookies.ts";
import { loseAnswers } from "../test/dynamodb-requests.ts";
import { newPerson, type Person } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readTable } from "../test/table.ts";
import { handler } from "./refresh.ts";

const stdout = captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

function pass(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
}

/** A refresh the way a page of ours, or a client that is none, makes it. */
const transports = {
  bearer: {
    refresh: (refreshToken: string) => call(handler, { path: "/refresh", body: { refreshToken } }),
    tokenOf: ({ body }: Answer): string => body.refreshToken,
  },
  cookie: {
    refresh: (refreshToken: string) =>
      call(handler, { path: "/refresh", cookies: [cookieOf(refreshToken)], headers: fromOurPage }),
    tokenOf: (answer: Answer) => tokenInCookie(answer) ?? "",
  },
};

const { refresh } = transports.bearer;

async function itemsOf({ user }: Person, kind: string): Promise<Item[]> {
  const prefix = { pk: `user#${user.id}`, sk: `${kind}#` };
  return (await readTable()).filter(
    ({ pk, sk }) => pk?.["S"] === prefix.pk && String(sk?.["S"]).startsWith(prefix.sk),
  );
}

const generationOf = async (whose: Person) => (await itemsOf(whose, "session"))[0]?.["generation"]?.["N"];

describe("a refresh", () => {
  it("answers an access token of the same session and log-in, and the next refresh token", async () => {
    const first = await Token.verify(person.token);
    const { status, body, cookies } = await refresh(person.refreshToken);
    expect([status, cookies]).toEqual([200, []]);
    expect(body).toEqual({
      token: expect.any(String),
      tokenType: "Bearer",
      expiresIn: expect.any(Number),
      refreshToken: expect.stringContaining(`${person.user.id}.${person.context.sessionId}.1.`),
      refreshExpiresIn: 1_209_600,
    });
    const claims = await Token.verify(body.token);
    const { iat, exp, jti, ...rest } = claims;
    expect(first).toMatchObject(rest);
    expect(jti).not.toBe(first.jti);
    expect(exp - iat).toBe(body.expiresIn);
  });

  it("by cookie answers the next one in the cookie and not in the JSON", async () => {
    const { status, body, cookies } = await transports.cookie.refresh(person.refreshToken);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(["expiresIn", "token", "tokenType"]);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/; Max-Age=1209600$/);
  });

  it("gives access tokens lives that differ, of at most a tenth less than is set", async () => {
    const lives = new Set<number>();
    let { refreshToken } = person;
    for (let turn = 0; turn < 20; turn++) {
      const { body } = await refresh(refreshToken);
      lives.add(body.expiresIn);
      refreshToken = body.refreshToken;
    }
    expect(lives.size).toBeGreaterThan(1);
    expect(Math.max(...lives)).toBeLessThanOrEqual(900);
    expect(Math.min(...lives)).toBeGreaterThan(810);
  });

  it("notes where it came from, by the gateway's word", async () => {
    const headers = { "x-forwarded-for": "10.0.0.1" };
    const body = { refreshToken: person.refreshToken };
    await call(handler, { body, headers, sourceIp: "203.0.113.9", userAgent: "laptop" });
    expect((await itemsOf(person, "session"))[0]).toMatchObject({
      sourceIp: { S: "203.0.113.9" },
      userAgent: { S: "laptop" },
    });
  });

  it("tells the log neither of the tokens", async () => {
    const { body } = await refresh(person.refreshToken);
    await refresh("a.slip.of.the-hand");
    for (const token of [person.refreshToken, body.refreshToken, body.token, "a.slip"]) {
      expect(stdout.text()).not.toContain(token);
    }
    expect(stdout.lines()).toHaveLength(2);
  });
});

describe.each(Object.entries(transports))("in %s mode", (_name, { refresh, tokenOf }) => {
  it("twenty refreshes in a row each give another token, and each works", async () => {
    const seen = new Set<string>();
    let { refreshToken } = person;
    for (let turn = 0; turn < 20; turn++) {
      const answer = await refresh(refreshToken);
      expect(answer.status).toBe(200);
      refreshToken = tokenOf(answer);
      seen.add(refreshToken);
    }
    expect(seen.size).toBe(20);
    expect(await generationOf(person)).toBe("20");
  });

  it("twenty at once make one change and get the same successor, which works", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const [successor, ...others] = new Set(answers.map(tokenOf));
    expect(others).toEqual([]);
    expect(await generationOf(person)).toBe("1");
    expect((await refresh(String(successor))).status).toBe(200);
  });

  it("an answer that was lost is had again, ten times within the grace, without a write", async () => {
    const first = tokenOf(await refresh(person.refreshToken));
    const before = await readTable();
    for (let retry = 0; retry < 10; retry++) {
      pass(2);
      expect(tokenOf(await refresh(person.refreshToken))).toBe(first);
    }
    expect(await readTable()).toEqual(before);
    expect((await refresh(first)).status).toBe(200);
  });

  it("a token that was replaced is a copy once the grace is over: the session ends and it is on record", async () => {
    const successor = tokenOf(await refresh(person.refreshToken));
    pass(31);
    expect((await refresh(person.refreshToken)).body.code).toBe("refresh_token_reused");
    expect((await refresh(successor)).body.code).toBe("session_ended");
    expect((await refresh(person.refreshToken)).body.code).toBe("session_ended");
    expect(await itemsOf(person, "session")).toEqual([]);
    const events = await itemsOf(person, "event");
    // Once, however often it came.
    expect(events.map(({ type }) => type?.["S"])).toEqual([
      "registered",
      "logged_in",
      "refresh_token_reused",
    ]);
    expect(events.at(-1)).toMatchObject({
      sessionId: { S: person.context.sessionId },
      actor: { S: "anonymous" },
      sourceIp: { S: "198.51.100.7" },
    });
    const mac = person.refreshToken.split(".")[3];
    expect(JSON.stringify(events)).not.toContain(mac);
  });

  it("the token before the last is a copy at any time", async () => {
    const second = tokenOf(await refresh(person.refreshToken));
    const third = tokenOf(await refresh(second));
    expect((await refresh(person.refreshToken)).body.code).toBe("refresh_token_reused");
    expect((await refresh(third)).body.code).toBe("session_ended");
  });

  it.each([
    ["that was not used for too long has expired", "SESSION_IDLE_SECONDS"],
    ["that is as old as any may be has expired", "SESSION_SECONDS"],
  ])("a session %s", async (_what, setting) => {
    vi.stubEnv(setting, "60");
    forgetConfig();
    person = await newPerson();
    pass(61);
    const { status, body, cookies } = await refresh(person.refreshToken);
    expect([status, body.code, cookies]).toEqual([401, "session_expired", []]);
  });

  it("refreshing carries a session over its idle time, and not over its longest life", async () => {
    vi.stubEnv("SESSION_IDLE_SECONDS", "60");
    vi.stubEnv("SESSION_SECONDS", "150");
    forgetConfig();
    person = await newPerson();
    let { refreshToken } = person;
    for (const seconds of [50, 50]) {
      pass(seconds);
      refreshToken = tokenOf(await refresh(refreshToken));
    }
    pass(51);
    expect((await refresh(refreshToken)).body.code).toBe("session_expired");
  });

  it("a session that was ended has ended", async () => {
    await Session.end(person.user.id, person.context.sessionId);
    const { status, body, cookies } = await refresh(person.refreshToken);
    expect([status, body.code, cookies]).toEqual([401, "session_ended", []]);
  });

  it("an answer of the table that is lost once is made up for", async () => {
    loseAnswers(1);
    const successor = tokenOf(await refresh(person.refreshToken));
    expect((await refresh(successor)).status).toBe(200);
    expect(await generationOf(person)).toBe("2");
  });

  it("while the table does not answer it says when to try again, clears nothing, and then works", async () => {
    loseAnswers(3);
    const { status, headers, cookies } = await refresh(person.refreshToken);
    expect([status, headers["retry-after"], cookies]).toEqual([503, "1", []]);
    const successor = tokenOf(await refresh(person.refreshToken));
    expect((await refresh(successor)).status).toBe(200);
  });
});

it("the cookie of a session near its end lives no longer than the session", async () => {
  vi.stubEnv("SESSION_SECONDS", "100");
  forgetConfig();
  person = await newPerson();
  pass(40);
  const { cookies } = await transports.cookie.refresh(person.refreshToken);
  const seconds = Number(/Max-Age=(\d+)$/.exec(cookies[0] ?? "")?.[1]);
  expect(seconds).toBeGreaterThanOrEqual(59);
  expect(seconds).toBeLessThanOrEqual(60);
});
