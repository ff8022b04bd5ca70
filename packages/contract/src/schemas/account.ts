import { type Static, Type } from "typebox";
import { Email, Password } from "./user.ts";

export const LinkToken = Type.String({
  maxLength: 128,
  description: "the token of the link that was mailed",
});

export const TypedCode = Type.String({
  maxLength: 6,
  pattern: "^[0-9]{6}$",
  description: "the six digits that were mailed",
});

/** Whom to mail. What is answered is the same whether or not anybody has this address. */
export const MailRequest = Type.Object({ email: Email }, { additionalProperties: false });

/** It will be done, if it can be: nobody waits for a mail, and nobody learns whether there was one to send. */
export const Accepted = Type.Object({ status: Type.Literal("ACCEPTED") });

/** The token of the link, or else the email and the typed code. */
export const EmailVerification = Type.Object(
  { token: Type.Optional(LinkToken), email: Type.Optional(Email), code: Type.Optional(TypedCode) },
  { additionalProperties: false },
);

export const Verified = Type.Object({ status: Type.Literal("VERIFIED") });

export const PasswordReset = Type.Object(
  { token: LinkToken, password: Password },
  { additionalProperties: false },
);

export const PasswordChange = Type.Object(
  { currentPassword: Password, newPassword: Password },
  { additionalProperties: false },
);

/** The new address, and the password once more. */
export const EmailChange = Type.Object({ email: Email, password: Password }, { additionalProperties: false });

/** The token of the link, or else the typed code. */
export const EmailConfirmation = Type.Object(
  { token: Type.Optional(LinkToken), code: Type.Optional(TypedCode) },
  { additionalProperties: false },
);

export const EmailUndo = Type.Object({ token: LinkToken }, { additionalProperties: false });

/** The password once more: what is deleted does not come back. */
export const Deletion = Type.Object({ password: Password }, { additionalProperties: false });

/** One item of the table, without its keys. */
export const Item = Type.Record(Type.String(), Type.Unknown());

/** All that is stored of a person, item by item as it is stored, but for what proves who they are. */
export const Export = Type.Object({
  exportedAt: Type.String({ format: "date-time" }),
  user: Item,
  login: Item,
  sessions: Type.Array(Item),
  codes: Type.Array(Item),
  events: Type.Array(Item),
  eventMarks: Type.Array(Item),
});

/** That an account was erased, without a word about whose. */
export const ErasureReceipt = Type.Object({
  receiptId: Type.String({ description: "a lower-case ULID" }),
  erasedAt: Type.String({ format: "date-time" }),
  itemsErased: Type.Integer({ description: "of the table: profile, email, sessions, codes, events" }),
});

export type MailRequest = Static<typeof MailRequest>;
export type EmailVerification = Static<typeof EmailVerification>;
export type PasswordReset = Static<typeof PasswordReset>;
export type PasswordChange = Static<typeof PasswordChange>;
export type EmailChange = Static<typeof EmailChange>;
export type EmailConfirmation = Static<typeof EmailConfirmation>;
export type Export = Static<typeof Export>;
export type ErasureReceipt = Static<typeof ErasureReceipt>;
