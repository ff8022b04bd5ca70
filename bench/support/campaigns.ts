import type { House } from "./house.ts";
import { newEmail } from "./people.ts";
import { loopback } from "./sources.ts";
import { keepTrying } from "./traffic.ts";
import { ask, type Outcome, type People } from "./users.ts";

/** One way to guess. */
export interface Campaign {
  readonly name: string;
  readonly atOnce: number;
  guess(index: number): Guess;
}

interface Guess {
  readonly email: string;
  readonly password: string;
  readonly from: string;
}

/** A guess, and what the house said to it. */
export interface Try extends Guess, Outcome {}

const mostTriesOfOne = 5000;

/** What is in none of the accounts, so that each guess is wrong. */
const commonPassword = "Summer2026!";
const leakedPassword = (index: number) => `leaked-${index}-elsewhere`;

/** Against the victim alone, and against the others; half or more of those they try have no account. */
export function campaignsAgainst({ victim, users }: People): readonly Campaign[] {
  const other = (index: number) => users[index % users.length]?.email ?? newEmail();
  return [
    {
      name: "one account, from 200 addresses",
      atOnce: 4,
      guess: (index) => ({
        email: victim.email,
        password: `guess number ${index}`,
        from: loopback("manySources", index % 200),
      }),
    },
    {
      name: "one password, from 4 addresses",
      atOnce: 2,
      guess: (index) => ({
        email: index % 2 === 0 ? other(index / 2) : newEmail(),
        password: commonPassword,
        from: loopback("fewSources", index % 4),
      }),
    },
    {
      name: "leaked pairs, from 500 addresses",
      atOnce: 2,
      guess: (index) => ({
        email: index % 4 === 0 ? other(index / 4) : newEmail(),
        password: leakedPassword(index),
        from: loopback("botnet", index % 500),
      }),
    },
  ];
}

/** Guesses on for this long. */
export function wage(house: House, { atOnce, guess }: Campaign, seconds: number): Promise<readonly Try[]> {
  return keepTrying({ atOnce, seconds, most: mostTriesOfOne }, async (index) => {
    const { email, password, from } = guess(index);
    const { status, milliseconds } = await ask(house, "POST /login", { from, body: { email, password } });
    return { email, password, from, status, milliseconds };
  });
}

/** Whether the password was looked at, whatever came of it. */
export function isEvaluated({ status }: Outcome): boolean {
  return status === 401 || status === 200;
}
