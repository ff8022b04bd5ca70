import { type Static, Type } from "typebox";

/**
 * An email address as a person types it: at most 254 ASCII characters, no surrounding space.
 * The pattern is the WHATWG one that `<input type="email">` uses, with a dot required in the domain and the
 * local part held to 64 octets (RFC 5321 section 4.5.3.1.1). Why ASCII only: docs/decisions/0005.
 */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$",
  description: "an email address, for example test@example.com",
});

/**
 * A password on its way in. Only bounded here; what makes one acceptable is the rule of `core/password`,
 * because a log-in must not answer differently for a password that today's rules would refuse.
 */
export const Password = Type.String({ maxLength: 1024, description: "a password of at most 1,024 bytes" });

/** Surrogates without their other half, which DynamoDB does not store. A pair is not meant: patterns are read with `u`. */
const halfCharacter = "\\uD800-\\uDFFF";

export const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: `^[^\\u0000-\\u001F\\u007F${halfCharacter}]*$`,
  description: "a name of 1 to 100 characters without control characters",
});

/** A language tag (RFC 5646), for example `pt-BR`. */
export const Locale = Type.String({
  maxLength: 35,
  pattern: "^[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*$",
  description: "a language tag, for example en or pt-BR",
});

export const Picture = Type.String({
  maxLength: 2048,
  pattern: `^https://[^\\s"'<>\`\\\\\\u0000-\\u001F\\u007F-\\u009F${halfCharacter}]+$`,
  description: "an https URL of at most 2,048 characters",
});

/** The profile a user may write. `null` clears a field (RFC 7396). */
export const ProfileChange = Type.Object(
  {
    name: Type.Optional(Type.Union([Name, Type.Null()], { description: "a name, or null to clear it" })),
    locale: Type.Optional(
      Type.Union([Locale, Type.Null()], { description: "a language tag, or null to clear it" }),
    ),
    picture: Type.Optional(
      Type.Union([Picture, Type.Null()], { description: "an https URL, or null to clear it" }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const Registration = Type.Object(
  {
    email: Email,
    password: Password,
    name: Type.Optional(Name),
    locale: Type.Optional(Locale),
    picture: Type.Optional(Picture),
  },
  { additionalProperties: false },
);

/** All that any route ever says about a user. Timestamps are RFC 3339 in UTC. */
export const User = Type.Object({
  id: Type.String({ description: "a lower-case ULID" }),
  email: Type.String({ description: "as typed at registration" }),
  emailVerified: Type.Boolean(),
  name: Type.Union([Type.String(), Type.Null()]),
  locale: Type.Union([Type.String(), Type.Null()]),
  picture: Type.Union([Type.String(), Type.Null()]),
  roles: Type.Array(Type.String()),
  createdAt: Type.String({ format: "date-time" }),
  updatedAt: Type.String({ format: "date-time" }),
});

export type Registration = Static<typeof Registration>;
export type ProfileChange = Static<typeof ProfileChange>;
export type User = Static<typeof User>;
