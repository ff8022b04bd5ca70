import type { House } from "./house.ts";
import { password, registerPeople } from "./people.ts";
import type { Message } from "./send.ts";
import { loopback } from "./sources.ts";

/** Somebody with an account, who has logged in from home before. */
export interface User {
  readonly email: string;
  /** The address they come from. */
  readonly home: string;
}

export interface People {
  /** Whose account is attacked. */
  readonly victim: User;
  readonly users: readonly User[];
}

/** What became of a request. */
export interface Outcome {
  /** 0 where no answer came. */
  readonly status: number;
  readonly milliseconds: number;
}

/** A log-in, and what its user did with it then. */
export interface Visit {
  readonly logIn: Outcome;
  readonly me?: Outcome;
  readonly refresh?: Outcome;
}

/** Makes people and logs each of them in once, so that they are at home where they are. */
export async function settlePeople(house: House, userCount: number): Promise<People> {
  const [victimsEmail = ""] = await registerPeople(house, 1);
  const emails = await registerPeople(house, userCount);
  const victim = { email: victimsEmail, home: loopback("homes", 0) };
  const users = emails.map((email, index) => ({ email, home: loopback("homes", index + 1) }));
  for (const user of [victim, ...users]) {
    const { logIn } = await visit(house, user, true);
    if (logIn.status !== 200) throw new Error(`a first log-in was answered with ${logIn.status}`);
  }
  return { victim, users };
}

/** Logs somebody in from home, and where they do more, lets them look at themselves and refresh. */
export async function visit(house: House, { email, home }: User, doesMore: boolean): Promise<Visit> {
  const { body, ...logIn } = await ask(house, "POST /login", { from: home, body: { email, password } });
  if (!doesMore || logIn.status !== 200) return { logIn };
  const { token, refreshToken } = JSON.parse(body) as { token: string; refreshToken: string };
  const me = await ask(house, "GET /me", { from: home, token });
  const refresh = await ask(house, "POST /refresh", { from: home, body: { refreshToken } });
  return { logIn, me, refresh };
}

/** No answer at all is an outcome too. */
export async function ask(house: House, what: string, message: Message): Promise<Outcome & { body: string }> {
  const startedAt = performance.now();
  try {
    return await house.send(what, message);
  } catch {
    return { status: 0, milliseconds: performance.now() - startedAt, body: "" };
  }
}
