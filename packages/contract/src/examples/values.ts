import type { Session } from "../schemas/session.ts";
import type { User } from "../schemas/user.ts";

/** What the examples are told of: one person, their session and its tokens. Tokens are cut short: none is anybody's. */
export const email = "test@example.com";
export const password = "correct horse battery";
export const newPassword = "seven lanterns over Ghent";
export const linkToken = "01m84h2eb8xe5d3crb1t8t8cma.YTg3…";
export const typedCode = "657589";
export const accessToken = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9…";
export const refreshToken = "01m84h2eb8xe5d3crb1t8t8cma.39…";
export const issuer = "https://auth.example.com";
export const sourceIp = "198.51.100.7";
export const userAgent = "curl/8.9.1";

const registeredAt = "2026-11-23T15:40:53.480Z";
export const loggedInAt = "2026-11-23T15:41:07.112Z";

export const user: User = {
  id: "01m84h2eb8xe5d3crb1t8t8cma",
  email,
  emailVerified: false,
  name: "Ada",
  locale: "en",
  picture: null,
  roles: [],
  createdAt: registeredAt,
  updatedAt: registeredAt,
};

export const session: Session = {
  id: "0701m84h2w1r4t6y8z0b2d4f6h8k",
  current: true,
  label: "Anna's phone",
  sourceIp,
  userAgent,
  createdAt: loggedInAt,
  lastUsedAt: loggedInAt,
  expiresAt: "2026-12-07T15:41:07.112Z",
};

/** What the answers of a log-in and of a refresh have in common, by the way the refresh token travels. */
export const tokens = {
  cookie: { token: accessToken, tokenType: "Bearer", expiresIn: 900 },
  bearer: {
    token: accessToken,
    tokenType: "Bearer",
    expiresIn: 900,
    refreshToken,
    refreshExpiresIn: 1_209_600,
  },
} as const;
