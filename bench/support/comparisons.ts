import { BrokenPromise } from "./broken-promise.ts";
import type { House } from "./house.ts";
import type { Ask, Comparison } from "./measure.ts";
import { newEmail, password, registerPeople, wrongPassword } from "./people.ts";

/** Prepares requests that should be answered alike, with accounts for this many rounds. */
export type Prepare = (house: House, ask: Ask, rounds: number) => Promise<Comparison>;

/** Each email is used once: what a failure leaves behind would be measured with the next one. */
export const logIns: Prepare = async (house, _, rounds) => {
  const known = await registerPeople(house, rounds);
  const unverified = await registerPeople(house, rounds);
  const disabled = await registerPeople(house, rounds);
  for (const email of disabled) await house.disable(email);
  return {
    what: "POST /login",
    kinds: [
      { name: "wrong password", bodies: known.map(guess) },
      { name: "unknown email", bodies: newEmails(rounds).map(guess) },
      { name: "disabled account, right password", bodies: disabled.map(logIn) },
      { name: "unverified account, right password", bodies: unverified.map(logIn) },
    ],
  };
};

export const registrations: Prepare = async (house, _, rounds) => {
  const taken = await registerPeople(house, rounds);
  return {
    what: "POST /register",
    kinds: [
      { name: "free email", bodies: newEmails(rounds).map(logIn) },
      { name: "taken email", bodies: taken.map(logIn) },
    ],
  };
};

export const resets: Prepare = async (house, _, rounds) => {
  const known = await registerPeople(house, rounds);
  return {
    what: "POST /password/forgot",
    kinds: [
      { name: "unknown email", bodies: newEmails(rounds).map((email) => ({ email })) },
      { name: "known email", bodies: known.map((email) => ({ email })) },
    ],
  };
};

/**
 * One email of each kind, blocked anew as often as it takes: a try while it is blocked neither counts nor prolongs,
 * and each block is twice as long as the one before.
 */
export const blockedLogIns: Prepare = async (house, ask, rounds) => {
  const [known = ""] = await registerPeople(house, 1);
  const unknown = newEmail();
  const again = (body: Body) => Array<Body>(rounds).fill(body);
  return {
    what: "POST /login",
    kinds: [
      { name: "blocked account, wrong password", bodies: again(guess(known)) },
      { name: "blocked account, right password", bodies: again(logIn(known)) },
      { name: "blocked unknown email", bodies: again(guess(unknown)) },
    ],
    async accepts(answers) {
      if (answers.every(({ status }) => status === 429)) return true;
      await block(ask, [known, unknown]);
      return false;
    },
  };
};

interface Body {
  readonly email: string;
  readonly password: string;
}

const guess = (email: string): Body => ({ email, password: wrongPassword });
const logIn = (email: string): Body => ({ email, password });
const newEmails = (count: number) => Array.from({ length: count }, newEmail);

/** More than are free. */
const mostFailures = 20;

/** Fails with all of them in step, so that they are blocked for the same while. */
async function block(ask: Ask, emails: readonly string[]): Promise<void> {
  for (let failures = 0; failures < mostFailures; failures += 1) {
    const answers = await Promise.all(emails.map((email) => ask("POST /login", guess(email))));
    if (answers.every(({ status }) => status === 429)) return;
  }
  throw new BrokenPromise(`POST /login: ${mostFailures} wrong passwords in a row blocked no email`);
}
