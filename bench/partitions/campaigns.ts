import { withRequest } from "../../packages/core/src/context.ts";
import * as Event from "../../packages/core/src/event/index.ts";
import * as Session from "../../packages/core/src/session/index.ts";
import * as Token from "../../packages/core/src/token/index.ts";
import * as User from "../../packages/core/src/user/index.ts";
import { seeded, userIdFrom } from "./random.ts";

/** Tries that come at one time, each of somebody else: somebody at another account, or from another source. */
export interface Campaign {
  readonly name: string;
  /** What has to be there before. It is not counted. */
  prepare(tries: number): Promise<void>;
  /** One try, by its number. Refusals are part of it. */
  attempt(number: number): Promise<unknown>;
}

const password = "nine copper kettles 4";
const wrong = "a fjord of quiet lamps";

const origin = (sourceIp: string): Session.Origin => ({
  sourceIp,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
});

/** Where the person of a number is at home. */
const homeOf = (number: number) => `10.${placeOf(number)}`;

/** Somewhere nobody ever was. */
const elsewhere = (number: number) => `11.${placeOf(number)}`;

const placeOf = (number: number) => [number >> 16, number >> 8, number].map((each) => each & 255).join(".");

/**
 * What log-ins do to the table, in peace and under three attacks, by core's own code.
 *
 * @param seed of the ids of its people.
 * @param history how many events are on record of the account that is attacked.
 */
export function campaignsFrom(seed: number, history: number): readonly Campaign[] {
  const random = seeded(seed);
  return [
    {
      name: "everyday",
      prepare: (tries) => settle("everyday", tries),
      // Of twenty one has a wrong password and one is new; who is in refreshes, and is asked about at the gateway.
      attempt: async (number) => {
        const [email, home] = [emailOf(number % 20 === 1 ? "new" : "everyday", number), homeOf(number)];
        if (number % 20 === 0) return logIn(email, home, wrong);
        if (number % 20 === 1) await registerOne(email, home);
        const { token, refreshToken } = await logIn(email, home);
        await Session.refresh(refreshToken, origin(home));
        const { sub, sid } = await Token.verify(token);
        return Session.assertLive(sub, sid);
      },
    },
    {
      name: "everybody guesses at one account",
      prepare: async () => {
        const { id } = await registerOne(emailOf("victim", 0), homeOf(0));
        const fact = { type: "logged_in", actor: "user", origin: origin(homeOf(0)) } as const;
        for (let day = 0; day < history; day++) await Event.record(Event.chainOf(id), fact);
      },
      attempt: (number) => logIn(emailOf("victim", 0), elsewhere(number), wrong),
    },
    {
      name: "one source guesses at every account",
      prepare: (tries) => settle("stuffed", tries),
      attempt: (number) => logIn(emailOf("stuffed", number), "192.0.2.1", wrong),
    },
    {
      name: "every source guesses at every account",
      prepare: (tries) => settle("sprayed", tries),
      attempt: (number) => logIn(emailOf("sprayed", number), elsewhere(number), wrong),
    },
  ];

  function registerOne(email: string, sourceIp: string) {
    const request = { requestId: "JKJaXmPLvHcESHA=", ...origin(sourceIp) };
    return withRequest(request, () => User.register({ email, password }, { userId: userIdFrom(random) }));
  }

  async function settle(name: string, tries: number): Promise<void> {
    for (let number = 0; number < tries; number++) await registerOne(emailOf(name, number), homeOf(number));
  }
}

function emailOf(name: string, number: number): string {
  return `${name}.${number}@example.com`;
}

function logIn(email: string, sourceIp: string, given = password) {
  const request = { requestId: "JKJaXmPLvHcESHA=", ...origin(sourceIp) };
  return withRequest(request, async () => Session.open(await User.authenticate(email, given), request));
}
