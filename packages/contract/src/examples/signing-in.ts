import type { routes } from "../routes.ts";
import type { Exchange } from "./exchange.ts";
import { email, linkToken, newPassword, password, refreshToken, tokens, typedCode, user } from "./values.ts";

type Of<Name extends keyof typeof routes> = Readonly<Record<string, Exchange<(typeof routes)[Name]>>>;

const success = { auth: true, status: "SUCCESS", user } as const;

const register: Of<"register"> = {
  usual: {
    summary: "An email and a password are enough",
    body: { email, password, name: "Ada", locale: "en" },
    answer: user,
  },
};

const login: Of<"login"> = {
  bearer: {
    summary: "The refresh token comes in the JSON",
    body: { email, password, deviceLabel: "Anna's phone" },
    answer: { ...success, ...tokens.bearer },
  },
  cookie: {
    summary: "The refresh token comes in a cookie that no script reads",
    body: { email, password, transport: "cookie" },
    answer: { ...success, ...tokens.cookie },
  },
};

const refresh: Of<"refresh"> = {
  bearer: {
    summary: "The refresh token goes in the JSON",
    body: { refreshToken },
    answer: tokens.bearer,
  },
  cookie: {
    summary: "The refresh token goes in the cookie, beside an empty object",
    body: {},
    answer: tokens.cookie,
  },
};

const logout: Of<"logout"> = {
  bearer: { summary: "By a refresh token in the JSON", body: { refreshToken } },
  cookie: { summary: "By the cookie, or by an access token", body: {} },
};

const mailRequest = {
  usual: {
    summary: "Whether or not anybody has this address",
    body: { email },
    answer: { status: "ACCEPTED" },
  },
} as const;

const verifyEmail: Of<"verifyEmail"> = {
  link: {
    summary: "By the link: what follows #token=",
    body: { token: linkToken },
    answer: { status: "VERIFIED" },
  },
  code: {
    summary: "By the six digits",
    body: { email, code: typedCode },
    answer: { status: "VERIFIED" },
  },
};

const resetPassword: Of<"resetPassword"> = {
  usual: {
    summary: "By the link: what follows #token=",
    body: { token: linkToken, password: newPassword },
  },
};

const undoEmailChange: Of<"undoEmailChange"> = {
  usual: { summary: "By the link: what follows #token=", body: { token: linkToken } },
};

/** Those of the routes that nobody has to be signed in for. */
export const signingIn = {
  register,
  login,
  refresh,
  logout,
  requestEmailVerification: mailRequest,
  verifyEmail,
  undoEmailChange,
  forgotPassword: mailRequest,
  resetPassword,
};
