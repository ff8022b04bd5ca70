/** What each operation asks of DynamoDB, through the gateway and counted at the SDK's client (docs/architecture.md). */
import "../../../test/environment.ts";
import { forgetConfig } from "@gatehouse/core/config";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newCode, wrong } from "../../functions/test/codes.ts";
import { recordRequests } from "../../functions/test/dynamodb-requests.ts";
import { logInAgain, newEmail, newPerson, type Person, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { type Message, send } from "./support/send.ts";

captureStdout();

let house: InlineHouse;
beforeAll(async () => {
  // What the worker asks for is no request's business.
  house = await startInlineHouse({ hasWorker: false });
});
afterAll(() => house.stop());

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

const requests = recordRequests();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  requests();
});

/** The status of the answer, and what was asked of DynamoDB for it. */
async function costOf(what: string, message: Message): Promise<[number, ...string[]]> {
  const { status } = await send(house.url, what, message);
  return [status, ...requests()];
}

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
    await send(house.url, "POST /register", { body: { email: newEmail(), password } });
    requests();
    const body = { email: newEmail(), password };
    expect(await costOf("POST /register", { body })).toEqual([429, "UpdateItem"]);
  });

  it("for a log-in one read, and one write where the password is right", async () => {
    const { email } = await firstLogIn();
    const wrong = { email, password: "not the password" };
    expect(await costOf("POST /login", { body: wrong })).toEqual([401, "GetItem"]);
    expect(await costOf("POST /login", { body: { email, password } })).toEqual([200, "GetItem", "PutItem"]);
  });

  it("once for a refresh, whoever wins", async () => {
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /refresh", { body })).toEqual([200, "UpdateItem"]);
    expect(await costOf("POST /refresh", { body })).toEqual([200, "UpdateItem"]);
  });

  it("once for each of twenty refreshes at a time", async () => {
    const body = { refreshToken: person.refreshToken };
    const answers = Array.from({ length: 20 }, () => send(house.url, "POST /refresh", { body }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(requests()).toEqual(answers.map(() => "UpdateItem"));
  });

  it("once for a refresh of a session that has ended", async () => {
    await send(house.url, "POST /logout", { token: person.token });
    requests();
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /refresh", { body })).toEqual([401, "UpdateItem"]);
  });

  it("not at all for a refresh token that is none", async () => {
    const body = { refreshToken: `${person.refreshToken.slice(0, -1)}!` };
    expect(await costOf("POST /refresh", { body })).toEqual([401]);
  });

  it("once for a log-out, by either token", async () => {
    const other = await logInAgain(person);
    requests();
    const body = { refreshToken: person.refreshToken };
    expect(await costOf("POST /logout", { body })).toEqual([204, "DeleteItem"]);
    expect(await costOf("POST /logout", { token: other.token })).toEqual([204, "DeleteItem"]);
  });

  it("once by the authorizer for a token it has not seen, and then not again", async () => {
    const before = house.authorizations;
    expect(await costOf("GET /me/sessions", person)).toEqual([200, "BatchGetItem", "Query"]);
    expect(await costOf("GET /me/sessions", person)).toEqual([200, "Query"]);
    expect(await costOf("GET /me", person)).toEqual([200, "GetItem"]);
    expect(house.authorizations - before).toBe(1);
  });

  it("not at all by the authorizer for what is no token of ours", async () => {
    expect(await costOf("GET /me", { token: `${person.token.slice(0, -4)}AAAA` })).toEqual([403]);
  });

  it("once to end a session, and once for each and one to find them to end all others", async () => {
    const others = [await logInAgain(person), await logInAgain(person), await logInAgain(person)];
    await send(house.url, "GET /me", person);
    requests();
    const one = `DELETE /me/sessions/${others[0]?.context.sessionId}`;
    expect(await costOf(one, person)).toEqual([204, "DeleteItem"]);
    expect(await costOf("DELETE /me/sessions", person)).toEqual([200, "Query", "DeleteItem", "DeleteItem"]);
  });

  it("twice more for an idempotency key, and once for an answer that is remembered", async () => {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const message = { body: { email: newEmail(), password }, headers };
    const first = [201, "PutItem", "UpdateItem", "TransactWriteItems", "UpdateItem"];
    expect(await costOf("POST /register", message)).toEqual(first);
    expect(await costOf("POST /register", message)).toEqual([201, "PutItem"]);
  });

  it("once for a request for a mail, to count it for its source", async () => {
    for (const body of [{ email: person.email }, { email: newEmail() }]) {
      for (const path of ["/email/verify/request", "/password/forgot"])
        expect(await costOf(`POST ${path}`, { body })).toEqual([202, "UpdateItem"]);
    }
  });

  it("for a verification one read or one count of a try, and one transaction where it is right", async () => {
    const { digits } = await codeFor("verify_email");
    const { email } = person;
    const typed = { email, code: wrong(digits) };
    expect(await costOf("POST /email/verify", { body: typed })).toEqual([400, "GetItem", "UpdateItem"]);
    const right = { email, code: digits };
    const cost = [200, "GetItem", "UpdateItem", "TransactWriteItems"];
    expect(await costOf("POST /email/verify", { body: right })).toEqual(cost);
    const { token } = await codeFor("verify_email");
    const byLink = { body: { token } };
    expect(await costOf("POST /email/verify", byLink)).toEqual([200, "GetItem", "TransactWriteItems"]);
    expect(await costOf("POST /email/verify", byLink)).toEqual([400, "GetItem"]);
  });

  it("for a reset by mail three reads, one transaction, and one more for each session that ran", async () => {
    const { token } = await codeFor("reset_password");
    const body = { token, password: "seven lanterns over Ghent" };
    const cost = [204, "GetItem", "GetItem", "Query", "TransactWriteItems", "DeleteItem"];
    expect(await costOf("POST /password/reset", { body })).toEqual(cost);
    expect(await costOf("POST /password/reset", { body })).toEqual([400, "GetItem"]);
  });

  it("for a change of password three reads, one transaction, and one more for each other session", async () => {
    await logInAgain(person);
    const body = { currentPassword: password, newPassword: "seven lanterns over Ghent" };
    await rememberPolicy();
    const cost = [200, "GetItem", "GetItem", "Query", "TransactWriteItems", "DeleteItem"];
    expect(await costOf("POST /me/password", { body, token: person.token })).toEqual(cost);
    expect(await costOf("POST /me/password", { body, token: person.token })).toEqual([
      403,
      "GetItem",
      "GetItem",
    ]);
  });

  it("for a change of email one count and two reads, and to confirm three reads and one transaction", async () => {
    await rememberPolicy();
    const newAddress = newEmail();
    const body = { email: newAddress, password };
    const asking = [202, "UpdateItem", "GetItem", "GetItem"];
    expect(await costOf("POST /me/email", { body, token: person.token })).toEqual(asking);
    const { token } = await codeFor("change_email", newAddress);
    const confirming = [200, "GetItem", "GetItem", "GetItem", "TransactWriteItems"];
    const confirmation = { body: { token }, token: person.token };
    expect(await costOf("POST /me/email/confirm", confirmation)).toEqual(confirming);
  });

  it("for calling a change of email off one read and one delete", async () => {
    const { undo: token } = await codeFor("change_email", newEmail());
    expect(await costOf("POST /email/undo", { body: { token } })).toEqual([
      204,
      "GetItem",
      "TransactWriteItems",
    ]);
  });

  it("for an export one query and one read", async () => {
    await rememberPolicy();
    expect(await costOf("GET /me/export", person)).toEqual([200, "Query", "GetItem"]);
  });

  it("for a deletion two reads, a query before and two after, one transaction, and a delete for each item left", async () => {
    await rememberPolicy();
    await codeFor("verify_email");
    const message = { body: { password }, token: person.token };
    const reading = ["GetItem", "GetItem", "Query"];
    const erasing = ["TransactWriteItems", "Query", "DeleteItem", "DeleteItem", "Query"];
    expect(await costOf("DELETE /me", message)).toEqual([200, ...reading, ...erasing]);
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

/** A code of the person's, as the worker makes it. */
async function codeFor(...[purpose, email]: [Parameters<typeof newCode>[0], string?]) {
  const code = await newCode(purpose, person, email);
  requests();
  return code;
}

/** Has the authorizer asked for the person, so that only the handler's requests follow. */
async function rememberPolicy(): Promise<void> {
  await send(house.url, "GET /me", person);
  requests();
}

/** Somebody who has not logged in: every seat is free, so that no log-in has to look for one. */
async function firstLogIn(): Promise<{ email: string }> {
  const email = newEmail();
  await send(house.url, "POST /register", { body: { email, password } });
  requests();
  return { email };
}
