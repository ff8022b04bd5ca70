/** What each operation asks of DynamoDB, through the gateway and counted at the SDK's client (docs/architecture.md). */
import "../../../test/environment.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordRequests } from "../../functions/test/dynamodb-requests.ts";
import { logInAgain, newEmail, newPerson, type Person, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { type InlineHouse, startInlineHouse } from "./support/inline-house.ts";
import { type Message, send } from "./support/send.ts";

captureStdout();

let house: InlineHouse;
beforeAll(async () => {
  house = await startInlineHouse();
});
afterAll(() => house.stop());

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
  it("once for a registration", async () => {
    const body = { email: newEmail(), password };
    expect(await costOf("POST /register", { body })).toEqual([201, "TransactWriteItems"]);
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
  await send(house.url, "POST /register", { body: { email, password } });
  requests();
  return { email };
}
