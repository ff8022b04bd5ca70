import type { JobKind } from "@gatehouse/core/job";
import * as Session from "@gatehouse/core/session";
import { newId } from "../../../core/src/id.ts";
import { newCode } from "../codes.ts";
import { newEmail, type Person } from "../people.ts";
import { setAttribute } from "../table.ts";

type Prepare = (person: Person) => object | Promise<object>;

/** A job of each kind that has something to do, by what it does. */
const jobs: { readonly [Kind in JobKind]: Readonly<Record<string, Prepare>> } = {
  registered: {
    "asks to verify an address": ({ user, email }) => ({ userId: user.id, email }),
    "hands an address over": ({ email }) => ({ userId: newId(), email }),
    "tells of an account": async ({ email }) => {
      await setAttribute(`email#${email}`, "login", "emailVerified", { BOOL: true });
      return { userId: newId(), email };
    },
  },
  verify_email: {
    "asks once more to verify an address": async (person) => {
      await newCode("verify_email", person);
      return { email: person.email };
    },
  },
  reset_password: { "offers a reset": ({ email }) => ({ email }) },
  change_email: { "asks to confirm an address": ({ user }) => ({ userId: user.id, newEmail: newEmail() }) },
  password_changed: { "tells of a new password": ({ user }) => ({ userId: user.id }) },
  email_changed: {
    "tells of a new address": ({ user, email }) => ({
      userId: user.id,
      oldEmail: email,
      newEmail: newEmail(),
    }),
  },
  account_deleted: { "tells of a deletion": ({ email }) => ({ email }) },
  mail_event: {
    "marks an address that refuses mail": ({ email }) => ({
      email,
      verdict: "bounced",
      at: new Date().toISOString(),
    }),
  },
  tidy: {
    "ends the sessions of another epoch": async ({ user }) => {
      await setAttribute(`user#${user.id}`, "profile", "epoch", { N: "1" });
      return { userId: user.id };
    },
    "removes what somebody left behind": async () => {
      const userId = newId();
      const now = new Date().toISOString();
      const gone = { userId, email: newEmail(), emailVerified: false, roles: [], status: "active" as const };
      await Session.open({ ...gone, epoch: 0, createdAt: now, updatedAt: now }, { sourceIp: "192.0.2.1" });
      return { userId };
    },
  },
};

/** The same as a list. `prepare` makes ready what the job is about, and answers what it says beside its id and kind. */
export const kinds = Object.entries(jobs).flatMap(([kind, ways]) =>
  Object.entries(ways).map(([name, prepare]) => ({ kind, name, prepare })),
);
