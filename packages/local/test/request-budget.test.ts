/** What each operation asks of DynamoDB, through the gateway and counted at the SDK's client (docs/architecture.md). */
import "../../../test/environment.ts";
import { limits } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logInAgain, newEmail, newPerson, type Person, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { countedHouse, recorded, recording } from "./support/counted-house.ts";

captureStdout();

const { ask, costOf, requests, authorizations } = countedHouse();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  forgetConfig();
});

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  requests();
});

describe("DynamoDB is asked", () => {
  it("for a registration one count and one transaction, taken or free, concealed or not", async () => {
    const cost = ["UpdateItem", "TransactWriteItems"];
    const [free, taken] = [newEmail(), person.email];
    expect(await costOf("POST /register", { body: { email: free, password } })).toEqual([201, ...cost]);
    expect(await costOf("POST /register", { body: { email: taken, password } })).toEqual([409, ...cost]);
    vi.stubEnv("CONCEAL_ACCOUNTS", "true");
    forgetConfig();
    expect(await costOf("POST /register", { body: { email: taken, password } })).toEqual([201, ...cost]);
  });

  it("once for a registration of a source that has had its share of the hour", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "1");
    forgetConfig();
    await ask("POST /register", { body: { email: newEmail(), password } });
    requests();
    const body = { email: newEmail(), password };
    expect(await costOf("POST /register", { body })).toEqual([429, "UpdateItem"]);
  });

  it("for a log-in one read, one write, and what records it", async () => {
    const { email } = await firstLogIn();
    const cost = ["BatchGetItem", "PutItem", ...recording];
    expect(await costOf("POST /login", { body: { email, password } })).toEqual([200, ...cost]);
  });

  it("for a wrong password one read, four counts and what records it, whether or not the email is known", async () => {
    const { email } = await firstLogIn();
    const counts = ["UpdateItem", "UpdateItem", "UpdateItem", "UpdateItem"];
    for (const each of [email, newEmail()]) {
      const body = { email: each, password: "not the password" };
      expect(await costOf("POST /login", { body })).toEqual([401, "BatchGetItem", ...counts, ...recording]);
    }
    const clearing = ["DeleteItem", "UpdateItem"];
    const right = [200, "BatchGetItem", ...clearing, "PutItem", ...recording];
    expect(await costOf("POST /login", { body: { email, password } })).toEqual(right);
  });

  it("once for a log-in that has to wait", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const body = { email: newEmail(), password };
    for (let guess = 0; guess < limits.password.free; guess++) await ask("POST /login", { body });
    requests();
    expect(await costOf("POST /login", { body })).toEqual([429, "BatchGetItem"]);
  });

  it("once for a refresh, whoever wins", async () => {
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /refresh", { body })).toEqual([200, "UpdateItem"]);
    expect(await costOf("POST /refresh", { body })).toEqual([200, "UpdateItem"]);
  });

  it("three times more for one refresh of 32, to record it", async () => {
    let { refreshToken } = person;
    const costs: [number, ...string[]][] = [];
    for (let generation = 1; generation <= 33; generation++) {
      const { status, body } = await ask("POST /refresh", { body: { refreshToken } });
      costs.push([status, ...requests()]);
      refreshToken = body.refreshToken;
    }
    const usual = [200, "UpdateItem"];
    const expected = Array.from({ length: 33 }, (_, index) =>
      index === 31 ? [...usual, ...recording] : usual,
    );
    expect(costs).toEqual(expected);
  });

  it("once for each of twenty refreshes at a time", async () => {
    const body = { refreshToken: person.refreshToken };
    const answers = Array.from({ length: 20 }, () => ask("POST /refresh", { body }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(requests()).toEqual(answers.map(() => "UpdateItem"));
  });

  it("once for a refresh of a session that has ended", async () => {
    await ask("POST /logout", { token: person.token });
    requests();
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /refresh", { body })).toEqual([401, "UpdateItem"]);
  });

  it("not at all for a refresh token that is none", async () => {
    const body = { refreshToken: `${person.refreshToken.slice(0, -1)}!` };
    expect(await costOf("POST /refresh", { body })).toEqual([401]);
  });

  it("for a log-out one transaction and what records it, by either token", async () => {
    const other = await logInAgain(person);
    requests();
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /logout", { body })).toEqual([204, ...recorded]);
    expect(await costOf("POST /logout", { token: other.token })).toEqual([204, ...recorded]);
  });

  it("once by the authorizer for a token it has not seen, and then not again", async () => {
    const before = authorizations();
    expect(await costOf("GET /me/sessions", person)).toEqual([200, "BatchGetItem", "Query"]);
    expect(await costOf("GET /me/sessions", person)).toEqual([200, "Query"]);
    expect(await costOf("GET /me", person)).toEqual([200, "GetItem"]);
    expect(authorizations() - before).toBe(1);
  });

  it("not at all by the authorizer for what is no token of ours", async () => {
    expect(await costOf("GET /me", { token: `${person.token.slice(0, -4)}AAAA` })).toEqual([403]);
  });

  it("to end a session as for a log-out, and once for each, one to find them and once the record to end all others", async () => {
    const others = [await logInAgain(person), await logInAgain(person), await logInAgain(person)];
    await ask("GET /me", person);
    requests();
    const one = `DELETE /me/sessions/${others[0]?.context.sessionId}`;
    expect(await costOf(one, person)).toEqual([204, ...recorded]);
    const all = [200, "Query", ...recording, "DeleteItem", "DeleteItem"];
    expect(await costOf("DELETE /me/sessions", person)).toEqual(all);
  });

  it("twice more for an idempotency key, and once for an answer that is remembered", async () => {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const message = { body: { email: newEmail(), password }, headers };
    const first = [201, "PutItem", "UpdateItem", "TransactWriteItems", "UpdateItem"];
    expect(await costOf("POST /register", message)).toEqual(first);
    expect(await costOf("POST /register", message)).toEqual([201, "PutItem"]);
  });

  it("not at all for keys, metadata, health and problems", async () => {
    for (const path of [
      "/.well-known/jwks.json",
      "/.well-known/openid-configuration",
      "/.well-known/oauth-authorization-server",
      "/health",
      "/problems/not_found",
    ]) {
      expect(await costOf(`GET ${path}`, {})).toEqual([200]);
    }
  });
});

/** Somebody who has not logged in: every seat is free, so that no log-in has to look for one. */
async function firstLogIn(): Promise<{ email: string }> {
  const email = newEmail();
  await ask("POST /register", { body: { email, password } });
  requests();
  return { email };
}
