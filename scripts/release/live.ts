import type { Held } from "../../packages/core/test/releases.ts";
import type { Gatehouse } from "../../packages/local/src/app.ts";

type Lived = Omit<Held, "recordedAt" | "issuer" | "audience" | "secrets">;

const passwords = ["nine copper kettles 4", "a fjord of quiet lamps", "seven lanterns over Ghent"] as const;

/** So many refreshes that one of them is recorded. */
const refreshes = 33;

/** As many as cost no wait. */
const wrongPasswords = 5;

/**
 * Lives in a house for a while, so that its table holds an item of every entity with every attribute, and keeps what a
 * client would hold of it. The house conceals accounts.
 */
export async function live(house: Gatehouse): Promise<Lived> {
  const ask = asker(house.url);
  const [password] = passwords;

  const member = await join("member");
  const { userId } = member;
  await ask("POST /login", 200, { email: member.email, password, deviceLabel: "the kitchen tablet" });
  let { token, refreshToken } = await ask("POST /login", 200, { email: member.email, password });
  const usedRefreshToken = String(refreshToken);
  for (let time = 0; time < refreshes; time++)
    ({ token, refreshToken } = await ask("POST /refresh", 200, { refreshToken }));
  await ask(
    "PATCH /me",
    200,
    { name: "Maja Lind", locale: "de", picture: "https://example.com/m.png" },
    token,
  );
  await ask("POST /me/email", 202, { email: "member.next@example.com", password }, token);

  const unverified = { email: "unverified@example.com", password };
  const key = "9b0f6c1e-the-key-of-a-registration";
  const answer = await ask("POST /register", 201, unverified, undefined, { "Idempotency-Key": key });
  const contested = { email: "contested@example.com", password };
  await ask("POST /register", 201, contested);
  await house.jobs.idle();
  await ask("POST /register", 201, { ...contested, password: passwords[1] });

  const forgetful = await join("forgetful");
  await ask("POST /password/forgot", 202, { email: forgetful.email });
  const guessedAt = await join("guessed-at");
  for (let time = 0; time < wrongPasswords; time++)
    await ask("POST /login", 401, { email: guessedAt.email, password: passwords[1] });
  await ask("POST /login", 401, { email: "nobody@example.com", password });
  const gone = await join("gone");
  const { token: last } = await ask("POST /login", 200, { email: gone.email, password });
  await ask("DELETE /me", 200, { password }, String(last));

  const { sessions } = await ask("GET /me/sessions", 200, undefined, token);
  const { events } = await ask("GET /me/events?limit=100", 200, undefined, token);
  return {
    member: {
      userId,
      email: member.email,
      password,
      accessToken: String(token),
      refreshToken: String(refreshToken),
      usedRefreshToken,
      sessions: (sessions as object[]).length,
      events: (events as object[]).length,
    },
    links: {
      verifyEmail: await linkOf(unverified.email),
      resetPassword: await linkOf(forgetful.email),
      confirmEmail: await linkOf("member.next@example.com"),
    },
    repeatable: { key, body: unverified, answer },
    guessedAt,
  };

  /** Registers somebody and has them verify their email. */
  async function join(name: string): Promise<{ userId: string; email: string }> {
    const email = `${name}@example.com`;
    const { id } = await ask("POST /register", 201, { email, password, name });
    await ask("POST /email/verify", 200, { token: await linkOf(email) });
    return { userId: String(id), email };
  }

  /** The token of the link that was mailed last to an address. */
  async function linkOf(email: string): Promise<string> {
    await house.jobs.idle();
    const [mail] = house.mailbox.list(email);
    const [, token] = /#token=(\S+)/.exec(mail?.links.join(" ") ?? "") ?? [];
    if (token === undefined) throw new Error(`no link was mailed to ${email}`);
    return token;
  }
}

type Ask = (
  what: string,
  status: number,
  body?: object,
  token?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Record<string, unknown>>;

/** Asks the house, which must answer with this status. */
function asker(url: string): Ask {
  return async (what, status, body, token, headers = {}) => {
    const [method = "GET", path = "/"] = what.split(" ");
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await fetch(url + path, {
      method,
      headers: { "User-Agent": "gatehouse-fixtures/1", ...authorization, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status !== status) throw new Error(`${what} was answered ${response.status}: ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
}
