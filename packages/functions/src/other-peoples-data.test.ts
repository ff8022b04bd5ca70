/**
 * Two people, and every route of the contract: whatever one of them names in a request, nothing of the other is read,
 * changed, listed or ended (OWASP API Security Top 10, "Broken Object Level Authorization").
 */
import { type Route, routes } from "@gatehouse/contract";
import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newCode, wrong } from "../test/codes.ts";
import { cookieOf, fromOurPage } from "../test/cookies.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs, mails } from "../test/outbox.ts";
import { logInAgain, newEmail, newPerson, type Person, password } from "../test/people.ts";
import { newPassword, sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { type Item, readTable } from "../test/table.ts";

captureStdout();

let mallory: Person;
let ada: Person;
let adaElsewhere: Person;
beforeEach(async () => {
  mallory = await newPerson();
  ada = await newPerson();
  adaElsewhere = await logInAgain(ada);
});

async function itemsOf({ user, email }: Person): Promise<Item[]> {
  const partitions = [`user#${user.id}`, `email#${email}`];
  return (await readTable()).filter(({ pk }) => partitions.includes(String(pk?.["S"])));
}

/** Ada, in every place where a route might look for whom it is about but the body, which is Mallory's own. */
function naming(route: Route): Request {
  const { user, email, context } = ada;
  const ids = { userId: user.id, id: user.id, sub: user.id, email, sessionId: context.sessionId };
  return {
    method: route.method,
    path: route.path.replace("{sessionId}", context.sessionId),
    params: { ...sampleOf(route, mallory).params, sessionId: context.sessionId, userId: user.id },
    // Where a route has a query, it is closed, and refuses a name before anything else.
    ...(route.query === undefined ? { query: ids } : {}),
    headers: { ...fromOurPage, "x-user-id": user.id, "x-session-id": context.sessionId },
    cookies: [`userId=${user.id}`, `sessionId=${context.sessionId}`],
    body: sampleOf(route, mallory).body,
  };
}

/** Where there is nothing of Mallory's own to answer with. */
const refused: Readonly<Record<string, number>> = {
  endSession: 404,
  confirmEmail: 400,
  verifyEmail: 400,
  undoEmailChange: 400,
  resetPassword: 400,
};

const all = Object.values<Route>(routes);

describe.each(all.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", (_, route) => {
  it("tells nothing of somebody else and changes nothing of theirs, however they are named", async () => {
    const before = await itemsOf(ada);
    // Profile, log-in, two sessions, and on record three events and their mark.
    expect(before).toHaveLength(8);
    const { status, text } = await call(await handlerOf(route.name), {
      ...naming(route),
      context: mallory.context,
    });
    expect(status).toBe(refused[route.name] ?? route.answer.status);
    for (const { user, email, context, refreshToken } of [ada, adaElsewhere]) {
      for (const part of [user.id, email, context.sessionId, refreshToken]) expect(text).not.toContain(part);
    }
    expect(await itemsOf(ada)).toEqual(before);
  });

  if (route.authorizer === "none") return;
  it("is nobody's where the authorizer named nobody, whoever is named", async () => {
    const before = await readTable();
    const { status } = await call(await handlerOf(route.name), naming(route));
    expect(status).toBe(401);
    expect(await readTable()).toEqual(before);
  });
});

it("knowing Ada's address is enough for nothing: no account, no session, no code, no change", async () => {
  // What was tried is recorded for her, and is no change of hers.
  const state = async () =>
    (await itemsOf(ada)).filter(({ sk }) => !/^(?:event#|mark$)/.test(String(sk?.["S"])));
  const before = await state();
  const { email } = ada;
  const attempts: [name: string, body: object, status: number][] = [
    ["register", { email, password: newPassword }, 409],
    ["login", { email, password: newPassword }, 401],
    ["requestEmailVerification", { email }, 202],
    ["forgotPassword", { email }, 202],
    ["verifyEmail", { email, code: "000000" }, 400],
  ];
  for (const [name, body, expected] of attempts) {
    const { status, text } = await call(await handlerOf(name), { body, context: mallory.context });
    expect([name, status]).toEqual([name, expected]);
    for (const part of [ada.user.id, ada.context.sessionId]) expect(text).not.toContain(part);
  }
  expect(await state()).toEqual(before);
});

it("another's session answers as one that never was, and lives", async () => {
  const handler = await handlerOf("endSession");
  const answers = [];
  for (const sessionId of [ada.context.sessionId, `${ada.context.sessionId.slice(0, 2)}${"0".repeat(26)}`]) {
    const { status, text } = await call(handler, {
      method: "DELETE",
      params: { sessionId },
      context: mallory.context,
    });
    answers.push({ status, text });
  }
  expect(answers[0]?.status).toBe(404);
  expect(answers[1]).toEqual(answers[0]);
  const refresh = await handlerOf("refresh");
  expect((await call(refresh, { body: { refreshToken: ada.refreshToken } })).status).toBe(200);
});

describe.each([routes.refresh, routes.logout])("$name", (route) => {
  it("does nothing to somebody else's session by a refresh token made of two", async () => {
    const before = await readTable();
    const [user, session, generation, mac] = mallory.refreshToken.split(".");
    const [otherUser, otherSession, , otherMac] = ada.refreshToken.split(".");
    const mixed = [
      [otherUser, session, generation, mac],
      [user, otherSession, generation, mac],
      [otherUser, otherSession, generation, mac],
      [otherUser, otherSession, "1", mac],
      [user, session, generation, otherMac],
      [otherUser, otherSession, "1", otherMac],
    ];
    for (const parts of mixed) {
      const { status, body } = await call(await handlerOf(route.name), {
        body: { refreshToken: parts.join(".") },
      });
      expect([status, body.code]).toEqual([401, "invalid_refresh_token"]);
    }
    expect(await readTable()).toEqual(before);
  });

  it("is about the token's own session, whoever else the request names", async () => {
    const before = await itemsOf(ada);
    const request = { ...naming(route), body: { refreshToken: mallory.refreshToken } };
    const { status, text } = await call(await handlerOf(route.name), { ...request, context: ada.context });
    expect(status).toBe(route.answer.status);
    expect(text).not.toContain(ada.user.id);
    expect(await itemsOf(ada)).toEqual(before);
  });

  it("does not mix two people, one in the cookie and one in the body", async () => {
    const before = await readTable();
    const { status } = await call(await handlerOf(route.name), {
      headers: fromOurPage,
      cookies: [cookieOf(ada.refreshToken)],
      body: { refreshToken: mallory.refreshToken },
    });
    expect(status).toBe(400);
    expect(await readTable()).toEqual(before);
  });
});

describe("what was mailed to Ada", () => {
  const present = async (name: string, body: object) => {
    const {
      status,
      body: problem,
      text,
    } = await call(await handlerOf(name), { body, context: mallory.context });
    for (const part of [ada.user.id, ada.email]) expect(text).not.toContain(part);
    return `${status} ${problem.code}`;
  };

  it("confirms nothing for Mallory, and is still good for her", async () => {
    const wanted = newEmail();
    const { token, undo, digits } = await newCode("change_email", ada, wanted);
    await newCode("change_email", mallory, newEmail());
    const before = await itemsOf(ada);
    for (const body of [{ token }, { token: undo }, { code: digits }])
      expect(await present("confirmEmail", body)).toBe("400 invalid_code");
    expect(await itemsOf(ada)).toEqual(before);
    const { body } = await call(await handlerOf("confirmEmail"), { body: { token }, context: ada.context });
    expect([body.id, body.email]).toEqual([ada.user.id, wanted]);
  });

  it("is no code of Mallory's, wherever she puts her own name to it", async () => {
    const [verify, reset, change] = [
      await newCode("verify_email", ada),
      await newCode("reset_password", ada),
      await newCode("change_email", ada, newEmail()),
    ];
    await newCode("verify_email", mallory);
    await newCode("reset_password", mallory);
    const before = await itemsOf(ada);
    const hers = (token: string) => `${mallory.user.id}.${token.split(".")[1]}`;
    const attempts: [string, object][] = [
      ["verifyEmail", { token: hers(verify.token) }],
      ["verifyEmail", { email: mallory.email, code: verify.digits }],
      ["verifyEmail", { email: ada.email, code: wrong(verify.digits) }],
      ["resetPassword", { token: hers(reset.token), password: newPassword }],
      ["undoEmailChange", { token: hers(change.undo) }],
      ["confirmEmail", { token: hers(change.token) }],
    ];
    for (const [name, body] of attempts) expect(await present(name, body)).toBe("400 invalid_code");
    // The one digit she could try for Ada is counted, and that is all.
    expect((await itemsOf(ada)).map((item) => ({ ...item, tries: undefined }))).toEqual(
      before.map((item) => ({ ...item, tries: undefined })),
    );
  });
});

it("Ada's address, wanted by Mallory, is told to nobody but Ada", async () => {
  const before = await itemsOf(ada);
  const ask = async (email: string) =>
    call(await handlerOf("changeEmail"), { body: { email, password }, context: mallory.context });
  clearOutbox();
  const [taken, free] = [await ask(ada.email), await ask(newEmail())];
  expect([taken.status, taken.headers, taken.text]).toEqual([202, free.headers, free.text]);
  const [first, ...others] = jobs();
  expect(others).toHaveLength(1);
  await runJob(readJob(JSON.stringify(first)));
  expect(mails().map(({ to, subject }) => [to, subject])).toEqual([
    [mallory.email, "Request to change your email address for Gatehouse"],
    [ada.email, "You already have an account with Gatehouse"],
  ]);
  expect(await itemsOf(ada)).toEqual(before);
});
