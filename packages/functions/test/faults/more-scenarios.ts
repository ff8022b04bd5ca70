import { routes } from "@gatehouse/contract";
import * as Session from "@gatehouse/core/session";
import { newCode, wrong } from "../codes.ts";
import { cookieOf, fromOurPage } from "../cookies.ts";
import { newEmail, password } from "../people.ts";
import { sampleOf } from "../samples.ts";
import { readTable, setAttribute } from "../table.ts";
import { loggedOut, type Scenario } from "./scenario.ts";

/** Routes called in another way than by their sample. */
export const variations: readonly Scenario[] = [
  {
    name: "log in for a cookie",
    route: routes.login,
    prepare: async (person) => ({
      ...(await loggedOut(person)),
      body: { email: person.email, password, transport: "cookie" },
      headers: fromOurPage,
    }),
    mayRepeat: true,
  },
  {
    name: "log in with a hash of another cost",
    route: routes.login,
    prepare: async (person) => {
      const login = (await readTable()).find(({ sk }) => sk?.["S"] === "login");
      const hash = String(login?.["passwordHash"]?.["S"]).replace("$10$", "$11$");
      await setAttribute(`email#${person.email}`, "login", "passwordHash", { S: hash });
      return loggedOut(person);
    },
    mayRepeat: true,
    inSteps: true,
  },
  {
    name: "refresh a token once more within the grace",
    route: routes.refresh,
    prepare: async ({ refreshToken }) => {
      await Session.refresh(refreshToken, { sourceIp: "192.0.2.1" });
      return {};
    },
  },
  {
    name: "log out by cookie",
    route: routes.logout,
    prepare: async ({ refreshToken }) => ({
      body: undefined,
      cookies: [cookieOf(refreshToken)],
      headers: fromOurPage,
    }),
  },
  {
    name: "log out by access token",
    route: routes.logout,
    prepare: async ({ token }) => ({ body: {}, headers: { authorization: `Bearer ${token}` } }),
  },
  {
    name: "verify an email by digits",
    route: routes.verifyEmail,
    prepare: async (person) => ({
      body: { email: person.email, code: (await newCode("verify_email", person)).digits },
    }),
    afterwards: "invalid_code",
  },
  {
    name: "confirm an email by digits",
    route: routes.confirmEmail,
    prepare: async (person) => ({
      body: { code: (await newCode("change_email", person, newEmail())).digits },
    }),
    afterwards: "invalid_code",
  },
];

/** Requests that are refused: no fault makes them be let in. */
export const refusedRequests: readonly Scenario[] = [
  {
    name: "log in with a wrong password",
    route: routes.login,
    refusal: "invalid_credentials",
    prepare: async ({ email }) => ({ body: { email, password: "not the password" } }),
  },
  {
    name: "log in with an unknown email",
    route: routes.login,
    refusal: "invalid_credentials",
    prepare: async () => ({ body: { email: newEmail(), password } }),
  },
  {
    name: "log in when shut out",
    route: routes.login,
    refusal: "invalid_credentials",
    prepare: async ({ email }) => {
      await setAttribute(`email#${email}`, "login", "status", { S: "disabled" });
      return {};
    },
  },
  {
    name: "register a taken email",
    route: routes.register,
    refusal: "email_taken",
    prepare: async ({ email }) => ({ body: { email, password } }),
  },
  {
    name: "refresh with a copied token",
    route: routes.refresh,
    refusal: "refresh_token_reused",
    prepare: async ({ refreshToken }) => {
      const next = await Session.refresh(refreshToken, { sourceIp: "192.0.2.1" });
      await Session.refresh(next.refreshToken, { sourceIp: "192.0.2.1" });
      return {};
    },
    afterwards: "session_ended",
  },
  {
    name: "verify an email by wrong digits",
    route: routes.verifyEmail,
    refusal: "invalid_code",
    prepare: async (person) => ({
      body: { email: person.email, code: wrong((await newCode("verify_email", person)).digits) },
    }),
  },
  {
    name: "change the password without the current one",
    route: routes.changePassword,
    refusal: "wrong_password",
    prepare: async (person) => ({
      body: { ...sampleOf(routes.changePassword, person).body, currentPassword: "not the password" },
    }),
  },
  {
    name: "delete an account with a wrong password",
    route: routes.deleteMe,
    refusal: "wrong_password",
    prepare: async () => ({ body: { password: "not the password" } }),
  },
];
