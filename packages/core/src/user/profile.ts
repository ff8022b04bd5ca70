import type { User } from "@gatehouse/contract";
import { idPattern } from "../id.ts";

/** Where a person's User is in the table, as ElectroDB's templates. The authorizer reads by them without ElectroDB. */
export const userKey = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB fills this template
  pk: "user#${userId}",
  sk: "profile",
} as const;

/**
 * What both items of a person hold: the User, found by id, and the Login, found by email. The copy in Login
 * lets a log-in answer from one read (docs/decisions/0004); only transactions over both items change it.
 */
export const profileAttributes = {
  userId: { type: "string", required: true, readOnly: true, validate: idPattern },
  email: { type: "string", required: true },
  emailVerified: { type: "boolean", required: true },
  name: { type: "string" },
  locale: { type: "string" },
  picture: { type: "string" },
  roles: { type: "list", items: { type: "string" }, required: true },
  status: { type: ["active", "disabled"] as const, required: true },
  /** Raised when every session must end at once: a session of another epoch is over. */
  epoch: { type: "number", required: true },
  createdAt: { type: "string", required: true, readOnly: true },
  updatedAt: { type: "string", required: true },
} as const;

/** The fields a person writes about themselves. */
export const ownFields = ["name", "locale", "picture"] as const;

/** A person as either item holds it. Timestamps are RFC 3339 in UTC. */
export interface Profile {
  readonly userId: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name?: string;
  readonly locale?: string;
  readonly picture?: string;
  readonly roles: readonly string[];
  readonly status: "active" | "disabled";
  readonly epoch: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The person as the API tells of them: these members and never another. */
export function toUser(profile: Profile): User {
  return {
    id: profile.userId,
    email: profile.email,
    emailVerified: profile.emailVerified,
    name: profile.name ?? null,
    locale: profile.locale ?? null,
    picture: profile.picture ?? null,
    roles: [...profile.roles],
    createdAt: profile.createdAt,
    updatedAt: profile.updatedAt,
  };
}
