import * as Users from "@gatehouse/core/user";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withoutHashing } from "../../core/test/hashing.ts";
import { type Answer, call } from "../test/call.ts";
import { newCode } from "../test/codes.ts";
import { recordRequests } from "../test/dynamodb-requests.ts";
import { newEmail, newPerson, password } from "../test/people.ts";
import { newPassword } from "../test/samples.ts";
import * as changeEmail from "./change-email.ts";
import * as changePassword from "./change-password.ts";
import * as deleteMe from "./delete-me.ts";
import { handler } from "./login.ts";
import * as register from "./register.ts";
import * as resetPassword from "./reset-password.ts";

const requests = recordRequests();

// The waits are of a second and more: how long the tries themselves take must not matter.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

let count = 0;
/** A source that nothing else in this file comes from. */
const newSource = () => `203.0.${Math.floor(++count / 250)}.${(count % 250) + 1}`;

interface LogIn {
  readonly email: string;
  readonly password?: string;
  readonly sourceIp: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const logIn = ({ email, password: tried = "wrong horse", ...request }: LogIn) =>
  call(handler, { body: { email, password: tried }, ...request });

/** An answer without what names the one request. */
function withoutIds({ status, headers, body, cookies }: Answer) {
  return { status, headers, cookies, body: { ...body, instance: "" } };
}

/** Everything that a caller can see of tries one after the other, and what each asked of the table. */
async function seen(tries: readonly LogIn[]) {
  const answers = [];
  for (const each of tries) {
    requests();
    answers.push({ ...withoutIds(await logIn(each)), requests: requests().toSorted() });
  }
  return answers;
}

describe("tries at an account", () => {
  it("look the same whether nobody has it, the password is wrong, or it is disabled, from the first to the one that is refused", async () => {
    const [wrong, disabled] = [await newPerson(), await newPerson()];
    await Users.setStatus(disabled.email, "disabled");
    const tries = (email: string, tried?: string) => {
      const sourceIp = newSource();
      return Array.from({ length: 7 }, () => ({ email, sourceIp, ...(tried && { password: tried }) }));
    };
    const [nobodys, ...others] = [
      await seen(tries(newEmail())),
      await seen(tries(wrong.email)),
      await seen(tries(disabled.email, password)),
    ];
    expect(nobodys?.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    for (const other of others) expect(other).toEqual(nobodys);
  });

  it("look the same with the right password once it is refused, from whoever never logged in there", async () => {
    const { email } = await newPerson();
    for (let time = 0; time < 5; time += 1) await logIn({ email, sourceIp: newSource() });
    const [wrong, right] = await seen([
      { email, sourceIp: newSource() },
      { email, sourceIp: newSource(), password },
    ]);
    expect(right).toEqual(wrong);
    expect(right).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
  });

  it("are counted for the gateway's word of the source, whatever a header says", async () => {
    const { email } = await newPerson();
    const sourceIp = newSource();
    for (let time = 0; time < 5; time += 1) {
      const headers = {
        "x-forwarded-for": newSource(),
        forwarded: `for=${newSource()}`,
        "x-real-ip": newSource(),
      };
      expect((await logIn({ email, sourceIp, headers })).status).toBe(401);
    }
    expect((await logIn({ email, sourceIp })).status).toBe(429);
  });

  it("that are fifty at a time are fifty", async () => {
    const { email } = await newPerson();
    const answers = await withoutHashing(() =>
      Promise.all(Array.from({ length: 50 }, () => logIn({ email, sourceIp: newSource() }))),
    );
    const statuses = answers.map(({ status }) => status);
    const lookedAt = statuses.filter((status) => status === 401).length;
    expect(statuses.filter((status) => status === 429)).toHaveLength(50 - lookedAt);
    const wait = Number((await logIn({ email, sourceIp: newSource() })).headers["retry-after"]);
    expect(wait).toBeGreaterThan(Math.min(2 ** (lookedAt - 5), 900) - 30);
    expect(wait).toBeLessThanOrEqual(900);
  });
});

describe("the owner of an account that others guess at", () => {
  it("logs in from where they did before, and from a new place after a reset of the password", async () => {
    const person = await newPerson();
    const { email } = person;
    const [home, away] = [newSource(), newSource()];
    expect((await logIn({ email, sourceIp: home, password })).status).toBe(200);
    for (let time = 0; time < 5; time += 1) await logIn({ email, sourceIp: newSource() });
    expect((await logIn({ email, sourceIp: home, password })).status).toBe(200);
    for (let time = 0; time < 12; time += 1) await logIn({ email, sourceIp: newSource() });
    expect((await logIn({ email, sourceIp: away, password })).status).toBe(429);
    const { token } = await newCode("reset_password", person);
    const reset = { body: { token, password: newPassword }, sourceIp: away };
    expect((await call(resetPassword.handler, reset)).status).toBe(204);
    expect((await logIn({ email, sourceIp: away, password: newPassword })).status).toBe(200);
  });

  it("logs in from where they registered, though the email was guessed at before anybody had it", async () => {
    const email = newEmail();
    const home = newSource();
    for (let time = 0; time < 5; time += 1) await logIn({ email, sourceIp: newSource() });
    expect((await call(register.handler, { body: { email, password }, sourceIp: home })).status).toBe(201);
    expect((await logIn({ email, sourceIp: newSource(), password })).status).toBe(429);
    expect((await logIn({ email, sourceIp: home, password })).status).toBe(200);
  });

  it("logs in ten times at once", async () => {
    const { email } = await newPerson();
    const home = newSource();
    await logIn({ email, sourceIp: home, password });
    for (let time = 0; time < 5; time += 1) await logIn({ email, sourceIp: newSource() });
    const tries = Array.from({ length: 10 }, () => logIn({ email, sourceIp: home, password }));
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  });
});

describe("the current password", () => {
  const asks = {
    "to change it": [changePassword.handler, { currentPassword: "wrong horse", newPassword }],
    "to change the email": [changeEmail.handler, { email: newEmail(), password: "wrong horse" }],
    "to delete the account": [deleteMe.handler, { password: "wrong horse" }],
  } as const;

  it.each(Object.entries(asks))("is asked for %s five times, and then later", async (_, [route, body]) => {
    const { context } = await newPerson();
    const attempt = () => call(route, { body, context, sourceIp: newSource() });
    for (let time = 0; time < 5; time += 1) expect((await attempt()).body.code).toBe("wrong_password");
    expect(await attempt()).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
  });

  it("counts what was guessed on the other routes", async () => {
    const { context } = await newPerson();
    const routes = [...Object.values(asks), ...Object.values(asks)];
    const statuses = [];
    for (const [route, body] of routes) statuses.push((await call(route, { body, context })).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
  });

  it("is believed in a session whatever strangers guess meanwhile", async () => {
    const { email, context } = await newPerson();
    for (let time = 0; time < 8; time += 1) await logIn({ email, sourceIp: newSource() });
    const body = { currentPassword: password, newPassword };
    expect((await call(changePassword.handler, { body, context })).status).toBe(200);
  });
});
