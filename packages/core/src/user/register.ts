import type { Registration, User as UserView } from "@gatehouse/contract";
import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import { chainOf } from "../event/chain.ts";
import { transactRecorded } from "../event/transact-recorded.ts";
import { createdAtOf, newId } from "../id.ts";
import * as Password from "../password/index.ts";
import { normaliseEmail } from "./email.ts";
import { withHere } from "./known-sources.ts";
import { given } from "./own-fields.ts";
import { readLogin } from "./person.ts";
import { toUser } from "./profile.ts";

/** How a registration comes about. */
export interface Circumstances {
  /** The id of the new account. @default a new one */
  readonly userId?: string;
  /** Whether an earlier try with this id may have been written. @default false */
  readonly isRepeat?: boolean;
}

/**
 * Creates an account. User and Login are written in one transaction, each on the condition that it does not
 * exist: of any number of parallel registrations of one email exactly one succeeds.
 *
 * With `CONCEAL_ACCOUNTS` a taken email is answered as a free one, with an id that leads to nobody.
 *
 * @throws AuthError `weak_password`, `email_taken`, `unavailable`.
 */
export async function register(
  body: Registration,
  { userId = newId(), isRepeat = false }: Circumstances = {},
): Promise<UserView> {
  const { email, password } = body;
  const fields = given(body);
  await Password.assertAcceptable(password, { email, ...fields });
  // Of the id, so that a repeated run tells the same, also where it tells of nobody.
  const now = createdAtOf(userId);
  const profile = {
    userId,
    email,
    emailVerified: false,
    ...fields,
    roles: [] as string[],
    status: "active" as const,
    epoch: 0,
    createdAt: now,
    updatedAt: now,
  };
  const normalisedEmail = normaliseEmail(email);
  const passwordHash = await Password.hash(password);
  const written = await transactRecorded(
    chainOf(userId),
    { type: "registered" },
    ({ user, login }) => [
      user.create(profile).commit(),
      login.create({ ...profile, normalisedEmail, passwordHash, knownSources: withHere() }).commit(),
    ],
    { isNew: true },
  );
  if (written) return toUser(profile);
  const own = isRepeat ? await readLogin(email) : undefined;
  if (own?.userId === userId) return toUser(own);
  if (config().concealAccounts) return toUser(profile);
  throw new AuthError("email_taken");
}
