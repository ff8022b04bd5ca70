import { config } from "../config.ts";
import { AuthError } from "../error.ts";
import * as Event from "../event/index.ts";
import * as Password from "../password/index.ts";
import { conditionHolds } from "../store/condition.ts";
import * as Throttle from "../throttle/index.ts";
import { findActive } from "./find.ts";
import { isHere, withHere } from "./known-sources.ts";
import { LoginEntity } from "./login.entity.ts";
import { type LoginItem, readLoginFor } from "./person.ts";
import type { Profile } from "./profile.ts";

/**
 * The person with this email and password. An unknown email, a wrong password and a disabled account cost the same
 * requests and the same hash, are counted and recorded alike, and throw the same.
 *
 * @throws AuthError `invalid_credentials`; `too_many_requests` before anything is looked at; `email_not_verified` where
 *   all is right and the stage asks for it first, unless it conceals accounts; `unavailable`.
 */
export async function authenticate(email: string, password: string): Promise<Profile> {
  const guess = Throttle.guessAt(email);
  const { login, counted } = await readLoginFor(guess, email);
  // Made for everybody, since it asks for a secret.
  const strangers = await Event.strangersChain(email);
  const chain = login ? Event.chainOf(login.userId) : strangers;
  await guess.admit(counted, isHere(login?.knownSources));
  const matches = await Password.matches(password, login?.passwordHash);
  if (!login || !matches || login.status !== "active" || isConcealed(login)) {
    await recordFailure(guess, chain, wrongPassword.logIn);
    throw new AuthError("invalid_credentials");
  }
  await guess.succeed();
  if (isUnverified(login)) throw new AuthError("email_not_verified");
  await keepUp(login, password);
  const { passwordHash: _, ...profile } = login;
  return profile;
}

/**
 * Makes sure of a person once more: whoever holds their session must know their password too.
 *
 * @throws AuthError `wrong_password`, `too_many_requests`, `invalid_token` where the person is gone or disabled,
 *   `unavailable`.
 */
export async function reauthenticate(userId: string, password: string): Promise<LoginItem> {
  const { guess, login, counted } = await findLoginFor(userId);
  const chain = Event.chainOf(userId);
  await guess.admit(counted, isHere(login.knownSources));
  if (!(await Password.matches(password, login.passwordHash))) {
    await recordFailure(guess, chain, wrongPassword.check);
    throw new AuthError("wrong_password");
  }
  await guess.succeed();
  return login;
}

/** The Login of a person and what is counted of guesses at it, looked for once more where the email just changed. */
async function findLoginFor(userId: string) {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { email } = await findActive(userId);
    const guess = Throttle.guessAt(email);
    const { login, counted } = await readLoginFor(guess, email);
    if (login?.userId === userId) return { guess, login, counted };
  }
  throw new AuthError("invalid_token", { cause: "its user has no Login" });
}

/** What a wrong password is recorded as, and as what where it closes the account for a while. */
const wrongPassword = {
  logIn: ["login_failed", "login_blocked"],
  check: ["password_check_failed", "password_check_failed"],
} as const;

async function recordFailure(
  guess: Throttle.Guess,
  chain: Event.Chain,
  [failed, blocked]: (typeof wrongPassword)[keyof typeof wrongPassword],
): Promise<void> {
  const [closedUntil, place] = await Promise.all([guess.fail(), Event.nextPlace(chain)]);
  const fact: Event.Fact =
    closedUntil > 0
      ? { type: blocked, details: { until: new Date(closedUntil).toISOString() } }
      : { type: failed };
  await Event.record(chain, fact, place);
}

function isUnverified({ emailVerified }: Profile): boolean {
  return config().requireVerifiedEmail && !emailVerified;
}

/** Where accounts are concealed, who registers an email and then logs in must not learn whether it was free. */
function isConcealed(profile: Profile): boolean {
  return config().concealAccounts && isUnverified(profile);
}

/**
 * Writes what a log-in brings: a hash that is made as hashes are today, and the source where it is a new one. Only where
 * the hash is still the one that was checked: a password changed meanwhile must win.
 */
async function keepUp(login: LoginItem, password: string): Promise<void> {
  const { normalisedEmail, passwordHash, knownSources } = login;
  const set = {
    ...((await Password.isOutdated(passwordHash)) && { passwordHash: await Password.hash(password) }),
    ...(!isHere(knownSources) && { knownSources: withHere(knownSources) }),
  };
  if (Object.keys(set).length === 0) return;
  const keeping = LoginEntity.patch({ normalisedEmail })
    .set(set)
    .where((stored, { eq }) => eq(stored.passwordHash, passwordHash));
  await conditionHolds(keeping.go());
}
