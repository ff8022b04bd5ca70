import type { RouteName } from "@gatehouse/contract";
import { type AnyExchange, examplesOf } from "@gatehouse/contract/openapi";

const password = "correct horse battery";
const newPassword = "seven lanterns over Ghent";

/** What the walk has learned so far: from the answers of the functions before. */
export interface Learned {
  email: string;
  token: string;
  refreshToken: string;
  /** What the authorizer said, as the gateway hands it on. */
  context: Readonly<Record<string, unknown>>;
}

interface Stop {
  readonly name: RouteName;
  readonly status: number;
  /** Where the example of the contract is not of this person. */
  readonly body?: (learned: Learned) => object;
  readonly params?: (learned: Learned) => Readonly<Record<string, string>>;
}

/** Every route, in an order in which each finds what it needs. A code that nobody was mailed is refused, by the table. */
export const stops: readonly Stop[] = [
  { name: "health", status: 200 },
  { name: "jwks", status: 200 },
  { name: "openidConfiguration", status: 200 },
  { name: "oauthServerMetadata", status: 200 },
  { name: "openapi", status: 200 },
  { name: "problem", status: 200 },
  { name: "register", status: 201, body: ({ email }) => ({ email, password }) },
  { name: "requestEmailVerification", status: 202, body: ({ email }) => ({ email }) },
  { name: "verifyEmail", status: 400 },
  { name: "undoEmailChange", status: 400 },
  { name: "forgotPassword", status: 202, body: ({ email }) => ({ email }) },
  { name: "resetPassword", status: 400 },
  { name: "login", status: 200, body: ({ email }) => ({ email, password }) },
  { name: "refresh", status: 200, body: ({ refreshToken }) => ({ refreshToken }) },
  { name: "me", status: 200 },
  { name: "changeMe", status: 200 },
  { name: "sessions", status: 200 },
  { name: "events", status: 200 },
  { name: "exportMe", status: 200 },
  { name: "changeEmail", status: 202, body: () => ({ email: "other@example.com", password }) },
  { name: "confirmEmail", status: 400 },
  { name: "changePassword", status: 200, body: () => ({ currentPassword: password, newPassword }) },
  { name: "endOtherSessions", status: 200 },
  { name: "deleteMe", status: 200, body: () => ({ password: newPassword }) },
  { name: "endSession", status: 404, params: ({ context }) => ({ sessionId: String(context["sessionId"]) }) },
  { name: "logout", status: 204, body: ({ refreshToken }) => ({ refreshToken }) },
];

/** The example that the contract has of a request, with what is this person's own. */
export function requestAt({ name, ...own }: Stop, learned: Learned) {
  const [[, { body, params, query }] = ["", { summary: "" } as AnyExchange]] = examplesOf(name);
  const sent = own.body?.(learned) ?? body;
  const named = own.params?.(learned) ?? params;
  return { ...(sent && { body: sent }), ...(named && { params: named }), ...(query && { query }) };
}
