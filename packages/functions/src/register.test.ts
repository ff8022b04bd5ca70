import { describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newEmail, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./register.ts";

const stdout = captureStdout();

const register = (body: unknown) => call(handler, { path: "/register", body });

describe("registering", () => {
  it("answers 201 and the user, with the fields the contract names and no others", async () => {
    const email = `Test.${newEmail()}`;
    const { status, body } = await register({ email, password, name: "Zoë", locale: "pt-BR" });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{26}$/),
      email,
      emailVerified: false,
      name: "Zoë",
      locale: "pt-BR",
      picture: null,
      roles: [],
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: body.createdAt,
    });
  });

  it("answers 409 for a taken email in any case, and leaves the account as it was", async () => {
    const email = newEmail();
    await register({ email, password });
    const before = await readTable();
    const { status, body } = await register({ email: email.toUpperCase(), password: "another good phrase" });
    expect([status, body.code]).toEqual([409, "email_taken"]);
    expect(await readTable()).toEqual(before);
  });

  it("answers 422 for a weak password, says why, and writes nothing", async () => {
    const before = await readTable();
    const { status, body } = await register({ email: newEmail(), password: "password1" });
    expect([status, body.code]).toEqual([422, "weak_password"]);
    expect(body.errors).toEqual([{ pointer: "/password", message: expect.any(String) }]);
    expect(await readTable()).toEqual(before);
  });

  it("writes no password into the table or the log, and no hash into the log", async () => {
    await register({ email: newEmail(), password: "a phrase nobody else has" });
    expect(JSON.stringify(await readTable())).not.toContain("a phrase nobody else has");
    expect(stdout.text()).not.toMatch(/a phrase nobody|bcrypt|@example\.com/);
  });
});
