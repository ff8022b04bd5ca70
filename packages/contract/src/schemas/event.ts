import { type Static, Type } from "typebox";

/**
 * What is recorded. Those from `account_deleted` on are of the stage and of no person. A type is stable: it is never
 * renamed, and a client ignores one it does not know.
 */
export const eventTypes = [
  "registered",
  "email_verified",
  "logged_in",
  "login_failed",
  /** As `login_failed`, and it closed the account to whoever sent it, or to strangers, for a while. */
  "login_blocked",
  /** The current password that a signed-in person was asked for was wrong. */
  "password_check_failed",
  /** One of 32 refreshes of a session. */
  "refreshed",
  "refresh_token_reused",
  "sessions_ended",
  "password_changed",
  "password_reset",
  "email_changed",
  /** A mail came back for good or was marked as spam: none goes out to that address any more. */
  "mail_refused",
  /** An operator lets mails go out to it again. */
  "mail_resumed",
  "disabled",
  "enabled",
  "account_deleted",
  "key_rotated",
  "configuration_refused",
] as const;

export type EventType = (typeof eventTypes)[number];

/** Who did it: a signed-in person, somebody nobody knows, the reader of a mail, an operator, the service itself. */
export const eventActors = ["user", "anonymous", "mail", "operator", "system"] as const;

const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

/** One entry of a person's record. `number` counts from 1 without gaps. */
export const Event = Type.Object({
  number: Type.Integer(),
  type: Type.Enum(eventTypes),
  at: Type.String({ format: "date-time" }),
  actor: Type.Enum(eventActors),
  sessionId: nullable(Type.String()),
  sourceIp: nullable(Type.String()),
  userAgent: nullable(Type.String()),
  requestId: Type.String({ description: "the end of instance in a problem document, and in the logs" }),
  details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

/** The newest entries first. `next` is the `before` of the page after, or null where there is none. */
export const EventList = Type.Object({
  events: Type.Array(Event),
  next: Type.Union([Type.Integer(), Type.Null()]),
});

/** Which page of the record. */
export const EventQuery = Type.Object(
  {
    before: Type.Optional(
      Type.String({ pattern: "^[1-9][0-9]{0,8}$", description: "a number: only what is older than it" }),
    ),
    limit: Type.Optional(
      Type.String({ pattern: "^(?:[1-9][0-9]?|100)$", description: "a number from 1 to 100" }),
    ),
  },
  { additionalProperties: false },
);

export type Event = Static<typeof Event>;
export type EventList = Static<typeof EventList>;
export type EventQuery = Static<typeof EventQuery>;
