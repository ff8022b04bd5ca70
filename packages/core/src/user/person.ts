import { Service } from "electrodb";
import { AuthError } from "../error.ts";
import { conditionHolds } from "../store/condition.ts";
import { readTogether } from "../store/read.ts";
import type * as Throttle from "../throttle/index.ts";
import { normaliseEmail } from "./email.ts";
import { findActive } from "./find.ts";
import type { KnownSources } from "./known-sources.ts";
import { LoginEntity } from "./login.entity.ts";
import type { MailStatus } from "./mail-status.ts";
import type { Profile } from "./profile.ts";
import { UserEntity } from "./user.entity.ts";

/** Both items of a person, for the transactions that change them together. */
export const person = /* @__PURE__ */ new Service({ user: UserEntity, login: LoginEntity });

/** A Login with what is hidden from its ordinary readers. */
export interface LoginItem extends Profile {
  readonly normalisedEmail: string;
  readonly passwordHash: string;
  readonly contested?: boolean;
  readonly knownSources?: KnownSources;
  readonly mailStatus?: MailStatus;
  readonly mailStatusAt?: string;
}

/** The person with this email, hash and all. */
export async function readLogin(email: string): Promise<LoginItem | undefined> {
  // Raw, because the entity hides the hash from every other reader.
  const reading = LoginEntity.get({ normalisedEmail: normaliseEmail(email) });
  const { data } = await reading.go({ consistent: true, data: "raw" });
  return (data as { Item?: LoginItem }).Item;
}

/** The same, and in the same request what is counted of a guess at their password. */
export async function readLoginFor(
  guess: Throttle.Guess,
  email: string,
): Promise<{ readonly login: LoginItem | undefined; readonly counted: Throttle.Found }> {
  const { Key } = LoginEntity.get({ normalisedEmail: normaliseEmail(email) }).params();
  const [login, ...counted] = await readTogether<[LoginItem, ...object[]]>(Key, ...guess.keys);
  return { login, counted };
}

/**
 * The Login of a person, found by the email of their profile, and looked for once more where that changed between the
 * two reads.
 *
 * @throws AuthError `invalid_token` where the person is gone or disabled.
 */
export async function findLogin(userId: string): Promise<LoginItem> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const login = await readLogin((await findActive(userId)).email);
    if (login?.userId === userId) return login;
  }
  throw new AuthError("invalid_token", { cause: "its user has no Login" });
}

/**
 * Notes on an unverified address that it was registered again. False where it is verified by now, or gone.
 *
 * @throws AuthError `unavailable`.
 */
export function contest({ userId, normalisedEmail }: LoginItem): Promise<boolean> {
  const noting = LoginEntity.patch({ normalisedEmail })
    .set({ contested: true })
    .where((stored, { eq }) => [eq(stored.userId, userId), eq(stored.emailVerified, false)].join(" AND "));
  return conditionHolds(noting.go());
}
