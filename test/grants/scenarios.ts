/** What a request seldom asks of the table: each of these is the one way to a grant that nothing else needs. */
import { randomUUID } from "node:crypto";
import { type RouteName, routes } from "@gatehouse/contract";
import { forgetConfig } from "@gatehouse/core/config";
import type { SecretName } from "@gatehouse/core/secrets";
import * as Session from "@gatehouse/core/session";
import * as Throttle from "@gatehouse/core/throttle";
import * as User from "@gatehouse/core/user";
import { vi } from "vitest";
import { setSecrets } from "../../packages/core/test/stage-keys.ts";
import { call } from "../../packages/functions/test/call.ts";
import { cookieOf, fromOurPage } from "../../packages/functions/test/cookies.ts";
import type { Request } from "../../packages/functions/test/event.ts";
import type { Scenario } from "../../packages/functions/test/faults/scenario.ts";
import { calling } from "../../packages/functions/test/faults/scenarios.ts";
import { handlerOf } from "../../packages/functions/test/handler-of.ts";
import { newEmail, type Person, password } from "../../packages/functions/test/people.ts";
import { sampleOf } from "../../packages/functions/test/samples.ts";
import { putBack, readTable, setAttribute } from "../../packages/functions/test/table.ts";

const wrongPassword = "not the password";

/** Where the requests of these tests come from. */
const sourceIp = "198.51.100.7";

/** The routes that ask for the password, and by which field. */
const guessing = {
  login: "password",
  changePassword: "currentPassword",
  changeEmail: "password",
  deleteMe: "password",
} as const;

type Guessing = keyof typeof guessing;

function guessAt(name: Guessing, person: Person): Partial<Request> {
  return { body: { ...sampleOf(routes[name], person).body, [guessing[name]]: wrongPassword } };
}

async function guess(name: Guessing, person: Person): Promise<void> {
  const { method, authorizer } = routes[name];
  const context = authorizer === "token" ? { context: person.context } : {};
  await call(await handlerOf(name), { method, ...context, ...guessAt(name, person) });
}

/** Writes an attribute of every counter of wrong passwords. */
async function setCounters(name: string, value: number): Promise<void> {
  for (const { pk, sk } of await readTable()) {
    if (sk?.["S"] === "failures")
      await setAttribute(String(pk?.["S"]), "failures", name, { N: String(value) });
  }
}

/** So many wrong passwords are counted, and the wait after them is over. */
async function longAgo(count: number): Promise<void> {
  await setCounters("count", count);
  await setCounters("lastAt", Date.now() - 24 * 3600 * 1000);
}

const guesses = (Object.keys(guessing) as Guessing[]).flatMap((name): readonly Scenario[] => [
  {
    name: `${name} with a wrong password long after another`,
    route: routes[name],
    refusal: name === "login" ? "invalid_credentials" : "wrong_password",
    prepare: async (person) => {
      await guess(name, person);
      await setCounters("lastAt", 1);
      return guessAt(name, person);
    },
  },
  {
    name: `${name} with the right password after a wrong one`,
    route: routes[name],
    prepare: async (person) => {
      await guess(name, person);
      return {};
    },
  },
]);

const logIns: readonly Scenario[] = [
  {
    name: "log in while strangers guess",
    route: routes.login,
    prepare: async ({ email }) => {
      await User.authenticate(email, wrongPassword).catch(() => undefined);
      await longAgo(20);
      return {};
    },
  },
  {
    name: "log in with an unknown email while strangers guess at it",
    route: routes.login,
    refusal: "invalid_credentials",
    prepare: async () => {
      const email = newEmail();
      await User.authenticate(email, wrongPassword).catch(() => undefined);
      await longAgo(20);
      return { body: { email, password: wrongPassword } };
    },
  },
  {
    name: "log in where every seat is taken",
    route: routes.login,
    prepare: async ({ email }) => {
      const profile = await User.authenticate(email, password);
      for (let seat = 0; seat < 50; seat += 1) await Session.open(profile, { sourceIp });
      return {};
    },
  },
  {
    name: "log in for a cookie in place of another",
    route: routes.login,
    prepare: async (person) => ({
      body: { ...sampleOf(routes.login, person).body, transport: "cookie" },
      cookies: [cookieOf(person.refreshToken)],
      headers: fromOurPage,
    }),
  },
];

const fromFullSource = (
  ["register", "requestEmailVerification", "forgotPassword", "changeEmail"] as const
).map(
  (name): Scenario => ({
    name: `${name} from a source that has had its share`,
    route: routes[name],
    refusal: "too_many_requests",
    prepare: async () => {
      vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "1");
      forgetConfig();
      await Throttle.countMail(sourceIp);
      return {};
    },
  }),
);

/** The run before this one was cut off when the account was there and its answer was not kept. */
const repeated: Scenario = {
  name: "register again after a crash",
  route: routes.register,
  prepare: async (person) => {
    const request = {
      body: sampleOf(routes.register, person).body,
      headers: { "idempotency-key": randomUUID() },
    };
    await call(await handlerOf("register"), request);
    const items = await readTable();
    await putBack(
      items.map(({ answer: _, ...item }) =>
        "lockedUntil" in item ? { ...item, lockedUntil: { N: "0" } } : item,
      ),
    );
    return request;
  },
};

/** The same, and the account was erased in between, but for its record. */
const leftBehind: Scenario = {
  name: "register again where something was left behind",
  route: routes.register,
  refusal: "unavailable",
  prepare: async (person) => {
    const request = await repeated.prepare?.(person);
    const items = await readTable();
    await putBack(items.filter(({ sk }) => !/^(?:profile|login)$/.test(String(sk?.["S"]))));
    return request ?? {};
  },
};

export const seldom: readonly Scenario[] = [...guesses, ...logIns, ...fromFullSource, repeated, leftBehind];

/** Who records, and a secret that they look at before they look at the record's own. */
const refusable: Partial<Record<RouteName, SecretName>> = {
  register: "PASSWORD_PEPPER",
  login: "PASSWORD_PEPPER",
  refresh: "REFRESH_KEY",
  logout: "REFRESH_KEY",
  verifyEmail: "CODE_KEY",
  resetPassword: "CODE_KEY",
  changePassword: "PASSWORD_PEPPER",
  changeEmail: "PASSWORD_PEPPER",
  deleteMe: "PASSWORD_PEPPER",
  confirmEmail: "CODE_KEY",
};

/**
 * A secret that cannot be used is put on the stage's record, once a process: so each of these loads the function anew,
 * and they come last.
 */
export const refused = Object.entries(refusable).map(([name, secret]): Scenario => {
  const usual = calling.find((each) => each.name === name);
  if (!usual) throw new Error(`there is no scenario ${name}`);
  const { prepare, route } = usual;
  return {
    name: `${name} with a secret that cannot be used`,
    route,
    refusal: "internal_error",
    prepare: async (person) => {
      const rest = (await prepare?.(person)) ?? {};
      setSecrets({ [secret]: "short" });
      vi.resetModules();
      return rest;
    },
  };
});
