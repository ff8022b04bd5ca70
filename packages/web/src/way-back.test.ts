import { expect, test } from "vitest";
import { pagePaths, paths } from "./paths.ts";
import { loginPath, wayBack } from "./way-back.ts";

const led = (wanted: string, reason?: string) =>
  wayBack(new URL(loginPath(wanted, reason), "http://localhost").search);

test("whoever is led to log-in comes back to the page they wanted", () => {
  const wanted = pagePaths.filter((path) => ![paths.home, paths.login, paths.register].includes(path as "/"));
  for (const path of wanted) expect(led(path)).toBe(path);
});

test("pages that would lead on at once are no place to come back to", () => {
  for (const path of [paths.home, paths.login, paths.register]) {
    expect(wayBack(`?next=${encodeURIComponent(path)}`)).toBe(paths.profile);
  }
});

test.each(["logged_out", "account_deleted"])("who left by %s starts anew", (reason) => {
  expect(loginPath(paths.sessions, reason)).toBe(paths.login);
  expect(loginPath(paths.sessions, "session_expired")).not.toBe(paths.login);
});

test.each([
  "https://evil.example",
  "https://evil.example/account",
  "//evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "javascript:alert(1)",
  "/account/../../evil",
  "/account?x=1",
  "/account#x",
  "/account/sessions\n",
  "/%61ccount",
  "/_local/mail",
  "constructor",
  "",
])("%j in a link leads nowhere but to the profile", (next) => {
  expect(wayBack(`?next=${encodeURIComponent(next)}`)).toBe(paths.profile);
});

test("of two places to come back to the first counts, and it is checked", () => {
  expect(wayBack("?next=//evil.example&next=/account/email")).toBe(paths.profile);
  expect(wayBack("?next=/account/email&next=//evil.example")).toBe(paths.email);
});
