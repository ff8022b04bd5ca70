import type { RouteName } from "../routes.ts";

/** The groups of routes, in the order they are shown. */
export const tags = {
  "Sign-up and log-in": "From nobody to an access token, and on.",
  Email: "Addresses are verified and changed by what is mailed to them.",
  Password: "Where it is forgotten, and where it is known.",
  Account: "What is stored of the caller.",
  Sessions: "Where the caller is logged in.",
  "Keys and discovery": "What others need to verify access tokens.",
  Service: "About this API itself.",
} as const;

export interface Note {
  readonly tag: keyof typeof tags;
  /** What the summary leaves out. CommonMark. */
  readonly description?: string;
  /** What `Set-Cookie` does, where the route sets one. */
  readonly cookie?: string;
}

const mailed =
  "The answer is the same, and as quick, whether or not anybody has this address. The mail is sent afterwards.";
const cookieMode =
  "With `transport: cookie` the refresh token is in an httpOnly cookie and not in the JSON; the request must then come from a page of an allowed origin, by its header `Origin`.";

/** What is said of each route beside its summary. One without does not compile. */
export const notes: Readonly<Record<RouteName, Note>> = {
  register: {
    tag: "Sign-up and log-in",
    description:
      "A link and a code to verify the address are mailed. A stage may hide whether an email is taken: then the answer is 201 either way.",
  },
  login: {
    tag: "Sign-up and log-in",
    description: cookieMode,
    cookie: "The refresh token, in cookie mode only.",
  },
  refresh: {
    tag: "Sign-up and log-in",
    description:
      "Send the refresh token where it came from: in the body, or in the cookie with `{}` as body. Each is good for one refresh and a few seconds more; one that comes back later ends the session.",
    cookie: "The next refresh token, where the one before came in the cookie.",
  },
  logout: {
    tag: "Sign-up and log-in",
    description:
      "Whose session is ended is said by the refresh token in the body or in the cookie, or else by the access token. Access ends everywhere within the time that gateways keep the authorizer's answer.",
    cookie: "Clears the cookie, where the refresh token came in it.",
  },
  requestEmailVerification: { tag: "Email", description: mailed },
  verifyEmail: { tag: "Email", description: "Send the token of the link, or the email and the six digits." },
  undoEmailChange: { tag: "Email" },
  forgotPassword: { tag: "Password", description: mailed },
  resetPassword: { tag: "Password" },
  me: { tag: "Account" },
  changeMe: { tag: "Account", description: "What is left out stays; `null` clears (RFC 7396)." },
  changePassword: { tag: "Password" },
  changeEmail: { tag: "Email", description: mailed },
  confirmEmail: { tag: "Email", description: "Send the token of the link, or the six digits." },
  exportMe: { tag: "Account" },
  deleteMe: { tag: "Account", description: "It does not come back, so the password is asked for once more." },
  events: {
    tag: "Account",
    description:
      "Ask for the next page with `before`. A client ignores the types of events that it does not know.",
  },
  sessions: { tag: "Sessions" },
  endSession: { tag: "Sessions" },
  endOtherSessions: { tag: "Sessions" },
  jwks: { tag: "Keys and discovery" },
  openidConfiguration: { tag: "Keys and discovery" },
  oauthServerMetadata: { tag: "Keys and discovery" },
  health: { tag: "Service" },
  problem: { tag: "Service", description: "The `type` of every problem leads here." },
  openapi: { tag: "Service" },
};
