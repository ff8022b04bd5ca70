/** What the life of an account asks of DynamoDB, counted as in request-budget.test.ts. */
import "../../../test/environment.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { newCode, wrong } from "../../functions/test/codes.ts";
import { logInAgain, newEmail, newPerson, type Person, password } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { countedHouse, recorded, recording } from "./support/counted-house.ts";

captureStdout();

const { ask, costOf, requests } = countedHouse();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  requests();
});

describe("DynamoDB is asked", () => {
  it("once for a request for a mail, to count it for its source", async () => {
    for (const body of [{ email: person.email }, { email: newEmail() }]) {
      for (const path of ["/email/verify/request", "/password/forgot"])
        expect(await costOf(`POST ${path}`, { body })).toEqual([202, "UpdateItem"]);
    }
  });

  it("for a verification one read or one count of a try, and one recorded transaction where it is right", async () => {
    const { digits } = await codeFor("verify_email");
    const { email } = person;
    const typed = { email, code: wrong(digits) };
    expect(await costOf("POST /email/verify", { body: typed })).toEqual([400, "GetItem", "UpdateItem"]);
    const right = { email, code: digits };
    const cost = [200, "GetItem", "UpdateItem", ...recorded];
    expect(await costOf("POST /email/verify", { body: right })).toEqual(cost);
    const { token } = await codeFor("verify_email");
    const byLink = { body: { token } };
    expect(await costOf("POST /email/verify", byLink)).toEqual([200, "GetItem", ...recorded]);
    expect(await costOf("POST /email/verify", byLink)).toEqual([400, "GetItem"]);
  });

  it("for a reset by mail three reads, one recorded transaction, and one more for each session and each count", async () => {
    const { token } = await codeFor("reset_password");
    const body = { token, password: "seven lanterns over Ghent" };
    const forgiving = ["DeleteItem", "DeleteItem"];
    const cost = [204, "GetItem", "GetItem", "Query", ...recorded, "DeleteItem", ...forgiving];
    expect(await costOf("POST /password/reset", { body })).toEqual(cost);
    expect(await costOf("POST /password/reset", { body })).toEqual([400, "GetItem"]);
  });

  it("for a change of password three reads, one recorded transaction, and one more for each other session", async () => {
    await logInAgain(person);
    const body = { currentPassword: password, newPassword: "seven lanterns over Ghent" };
    await rememberPolicy();
    const cost = [200, "GetItem", "BatchGetItem", "Query", ...recorded, "DeleteItem"];
    expect(await costOf("POST /me/password", { body, token: person.token })).toEqual(cost);
    const refusing = [403, "GetItem", "BatchGetItem", "UpdateItem", ...recording];
    expect(await costOf("POST /me/password", { body, token: person.token })).toEqual(refusing);
  });

  it("for a change of email one count and two reads, and to confirm three reads and one recorded transaction", async () => {
    await rememberPolicy();
    const newAddress = newEmail();
    const body = { email: newAddress, password };
    const asking = [202, "UpdateItem", "GetItem", "BatchGetItem"];
    expect(await costOf("POST /me/email", { body, token: person.token })).toEqual(asking);
    const { token } = await codeFor("change_email", newAddress);
    const confirming = [200, "GetItem", "GetItem", "GetItem", ...recorded];
    const confirmation = { body: { token }, token: person.token };
    expect(await costOf("POST /me/email/confirm", confirmation)).toEqual(confirming);
  });

  it("for calling a change of email off one read and one transaction", async () => {
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

  it("once for a page of the record", async () => {
    await rememberPolicy();
    expect(await costOf("GET /me/events?limit=1", person)).toEqual([200, "Query"]);
  });

  it("for a deletion two reads, a query before and two after, one transaction, a delete for each item left, and the stage's record", async () => {
    await rememberPolicy();
    await codeFor("verify_email");
    const message = { body: { password }, token: person.token };
    const reading = ["GetItem", "BatchGetItem", "Query"];
    // Session, code, two events and their mark.
    const left = Array.from({ length: 5 }, () => "DeleteItem");
    const erasing = ["TransactWriteItems", "Query", ...left, "Query"];
    expect(await costOf("DELETE /me", message)).toEqual([200, ...reading, ...erasing, ...recording]);
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
  await ask("GET /me", person);
  requests();
}
