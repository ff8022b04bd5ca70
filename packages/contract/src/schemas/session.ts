import { type Static, Type } from "typebox";
import { Email, Name, Password, User } from "./user.ts";

/** How the refresh token travels: in JSON, or in an httpOnly cookie that no script can read. */
export const Transport = Type.Union([Type.Literal("bearer"), Type.Literal("cookie")], {
  description: "bearer or cookie",
});

/** What a log-in needs. `deviceLabel` names the session in the list of sessions. */
export const Credentials = Type.Object(
  { email: Email, password: Password, transport: Type.Optional(Transport), deviceLabel: Type.Optional(Name) },
  { additionalProperties: false },
);

/** A refresh token in the body; without one the cookie counts. */
export const RefreshRequest = Type.Object(
  { refreshToken: Type.Optional(Type.String({ maxLength: 512, description: "the refresh token" })) },
  { additionalProperties: false },
);

const tokenFields = {
  token: Type.String({ description: "the access token, a compact JWT (RFC 9068)" }),
  tokenType: Type.Literal("Bearer"),
  expiresIn: Type.Integer({ description: "life of the access token in seconds (RFC 6749 section 5.1)" }),
  refreshToken: Type.Optional(Type.String({ description: "absent in cookie mode" })),
  refreshExpiresIn: Type.Optional(
    Type.Integer({ description: "seconds until the refresh token expires unused; absent in cookie mode" }),
  ),
};

/** The answer of a refresh. `expiresIn` varies a little, so that clients do not all come back at once. */
export const Refreshed = Type.Object(tokenFields);

/** The answer of a log-in. */
export const LoggedIn = Type.Object({
  auth: Type.Literal(true),
  status: Type.Literal("SUCCESS"),
  ...tokenFields,
  user: User,
});

/** One log-in on one device. Timestamps are RFC 3339 in UTC. No token of it is ever listed. */
export const Session = Type.Object({
  id: Type.String(),
  current: Type.Boolean({ description: "whether it is the session that asks" }),
  label: Type.Union([Type.String(), Type.Null()]),
  sourceIp: Type.String({ description: "where it was last refreshed from" }),
  userAgent: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: "date-time" }),
  lastUsedAt: Type.String({ format: "date-time", description: "of its last refresh, or of the log-in" }),
  expiresAt: Type.String({ format: "date-time", description: "when it ends if it is not used again" }),
});

export const SessionList = Type.Object({ sessions: Type.Array(Session) });

export const SessionParams = Type.Object({
  sessionId: Type.String({ pattern: "^[0-9a-z]{28}$", description: "the id of a session" }),
});

/** How many sessions were ended. */
export const SessionsEnded = Type.Object({ ended: Type.Integer() });

export type Transport = Static<typeof Transport>;
export type Credentials = Static<typeof Credentials>;
export type RefreshRequest = Static<typeof RefreshRequest>;
export type Refreshed = Static<typeof Refreshed>;
export type LoggedIn = Static<typeof LoggedIn>;
export type Session = Static<typeof Session>;
export type SessionList = Static<typeof SessionList>;
export type SessionsEnded = Static<typeof SessionsEnded>;
