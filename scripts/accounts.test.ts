import { describe, expect, it } from "vitest";
import { password, useLaptop } from "./test/laptop.ts";

const laptop = useLaptop();

describe("npm run accounts", () => {
  it("disables an account, whose log-ins are refused as a wrong password, and enables it again", async () => {
    const email = "ada@example.com";
    await laptop.newPerson(email);
    const logIn = () => laptop.send("POST /login", { body: { email, password } });
    expect(await laptop.run("accounts.ts", "disable", "Ada@Example.com")).toMatchObject({
      exitCode: 0,
      stdout: "The account of Ada@Example.com is disabled\n",
    });
    expect(await logIn()).toMatchObject({ status: 401, body: { code: "invalid_credentials" } });
    expect((await laptop.run("accounts.ts", "enable", email)).exitCode).toBe(0);
    expect((await logIn()).status).toBe(200);
  });

  it("lets mails go out again to an address that refused one, and names what SES has to be told", async () => {
    const email = "grace@example.com";
    await laptop.newPerson(email);
    const { exitCode, stdout } = await laptop.run("accounts.ts", "mail", email);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringContaining(`delete-suppressed-destination --email-address ${email}`),
    ]);
    expect((await laptop.run("audit.ts", "day", new Date().toISOString().slice(0, 10))).stdout).toContain(
      "mail_resumed",
    );
    expect((await laptop.run("accounts.ts", "mail", "nobody@example.com")).exitCode).toBe(1);
  });

  it("says so where nobody has the email", async () => {
    expect(await laptop.run("accounts.ts", "disable", "nobody@example.com")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "No account has the email nobody@example.com\n",
    });
  });

  it.each([
    [[]],
    [["ban", "ada@example.com"]],
    [["disable"]],
    [["disable", "a@b.example", "more"]],
    [["--wrong"]],
  ])("tells how it is used where it is not: %j", async (words) => {
    const { exitCode, stderr } = await laptop.run("accounts.ts", ...words);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Usage: npm run accounts")]);
  });

  it("tells how it is used where that is asked", async () => {
    expect((await laptop.run("accounts.ts", "--help")).exitCode).toBe(0);
  });
});
