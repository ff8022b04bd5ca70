/** A request to every route of the contract that succeeds, and others beside them. */
import { type Route, type RouteName, routes } from "@gatehouse/contract";
import { newCode } from "../codes.ts";
import { logInAgain, newEmail, type Person } from "../people.ts";
import { sampleOf } from "../samples.ts";
import { refusedRequests, variations } from "./more-scenarios.ts";
import { loggedOut, type Scenario } from "./scenario.ts";

type Rest = Omit<Scenario, "name" | "route">;

async function another(person: Person): Promise<object> {
  await logInAgain(person);
  return {};
}

/** What a route needs besides its sample. */
const ready: { readonly [Name in RouteName]?: Rest } = {
  login: { prepare: loggedOut, mayRepeat: true },
  verifyEmail: {
    prepare: async (person) => ({ body: { token: (await newCode("verify_email", person)).token } }),
    afterwards: "invalid_code",
  },
  undoEmailChange: {
    prepare: async (person) => ({
      body: { token: (await newCode("change_email", person, newEmail())).undo },
    }),
    afterwards: "invalid_code",
  },
  resetPassword: {
    prepare: async (person) => {
      await another(person);
      const { token } = await newCode("reset_password", person);
      return { body: { ...sampleOf(routes.resetPassword, person).body, token } };
    },
    afterwards: "invalid_code",
  },
  changePassword: { prepare: another, afterwards: "wrong_password" },
  confirmEmail: {
    prepare: async (person) => ({
      body: { token: (await newCode("change_email", person, newEmail())).token },
    }),
    afterwards: "invalid_code",
  },
  deleteMe: { prepare: another, afterwards: "invalid_token" },
  endSession: { afterwards: "not_found" },
  endOtherSessions: {
    prepare: async (person) => {
      await another(person);
      return another(person);
    },
    inSteps: true,
  },
};

const all: readonly Scenario[] = [
  ...Object.values<Route>(routes).map((route) => ({
    name: route.name,
    route,
    ...ready[route.name as RouteName],
  })),
  ...variations,
  ...refusedRequests,
];

/** What answers from what it has in memory, once it has its secrets. */
const quiet: readonly string[] = [
  "jwks",
  "openidConfiguration",
  "oauthServerMetadata",
  "health",
  "problem",
  "openapi",
];

/** Those that make calls to AWS services. */
export const calling = all.filter(({ route }) => !quiet.includes(route.name));

/** Those that make none. */
export const silent = all.filter(({ route }) => quiet.includes(route.name));
