import { beforeAll, describe, expect, it } from "vitest";
import { intercepted } from "../../core/test/requests.ts";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage, tokenInCookie } from "../test/cookies.ts";
import { newPerson, type Person, password } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import { handler } from "./login.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const login = (body: unknown, more: object = {}) => call(handler, { path: "/login", body, ...more });

describe("logging in with the cookie of an earlier session", () => {
  const inCookie = (...tokens: readonly string[]) => ({
    headers: fromOurPage,
    cookies: tokens.map(cookieOf),
  });
  const asCookie = () => ({ email: person.email, password, transport: "cookie" });

  const sessions = async () =>
    (await readTable()).flatMap(({ sk, sessionId }) =>
      /^session#/.test(sk?.["S"] as string) ? [sessionId?.["S"]] : [],
    );

  it("ends that one, and no other", async () => {
    const before = await sessions();
    const first = await login(asCookie(), { headers: fromOurPage });
    const [replaced] = (await sessions()).filter((id) => !before.includes(id));
    const second = await login(asCookie(), inCookie(tokenInCookie(first) ?? ""));
    expect(second.status).toBe(200);
    const after = await sessions();
    expect(after).not.toContain(replaced);
    expect(after).toHaveLength(before.length + 1);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it("leaves it where the new one does not take the cookie's place", async () => {
    const first = await login(asCookie(), { headers: fromOurPage });
    const before = await sessions();
    await login({ email: person.email, password }, inCookie(tokenInCookie(first) ?? ""));
    expect(await sessions()).toHaveLength(before.length + 1);
  });

  it("is a log-in like any other where the cookie is none of ours", async () => {
    expect((await login(asCookie(), inCookie("garbage", "more"))).status).toBe(200);
  });

  it("is a log-in like any other where that session cannot be ended now", async () => {
    const first = await login(asCookie(), { headers: fromOurPage });
    const ending = (operation: string) => operation === "TransactWriteItems";
    const second = await intercepted(
      ({ operation }, send) => {
        if (ending(operation)) throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
        return send();
      },
      () => login(asCookie(), inCookie(tokenInCookie(first) ?? "")),
    );
    expect(second.status).toBe(200);
  });
});
