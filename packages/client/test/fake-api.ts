/** A request as the API sees it. */
export interface Seen {
  readonly call: string;
  readonly query: string;
  readonly headers: Headers;
  readonly credentials: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

type Answer = Response | Promise<Response>;

const [userId, sessionId] = ["01m8fwam80qfahvm46z5knp8j0", "1001m8fwamzxcrjy7rc36zdvpd7v"];

/** The nth access token of the session. It is signed by nobody: a client does not check. */
export function tokenOf(number: number, claims: object = { sub: userId, sid: sessionId }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "ES256" })}.${part({ ...claims, number })}.signature`;
}

export const active = { status: "active", userId, sessionId } as const;

export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** As the API refuses. */
export function problem(status: number, code: string, extra: object = {}, headers = {}): Response {
  const body = { type: `https://auth.example.com/problems/${code}`, title: `It is ${code}`, status, code };
  return json(status, { ...body, detail: "In detail.", instance: "urn:request:r1", ...extra }, headers);
}

/** As the gateway refuses. */
export function refusal(status: number, message: string): Response {
  return json(status, { message });
}

/**
 * An API that runs in the memory of a test: whoever logs in gets the first access token, and each refresh the next. A route
 * answers that with `handle`, or else what `answers` has for it, once each.
 */
export class FakeApi {
  readonly seen: Seen[] = [];
  readonly answers: Record<string, (() => Answer)[]> = {};
  expiresIn = 900;
  /** How many access tokens were given. */
  given = 0;
  transport = "bearer";

  /** What is asked next of a route, it answers so. */
  next(call: string, ...answers: (() => Answer)[]): void {
    this.answers[call] = [...(this.answers[call] ?? []), ...answers];
  }

  calls(call?: string): readonly Seen[] {
    return this.seen.filter((each) => call === undefined || each.call === call);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const { headers, credentials } = request;
    const call = `${request.method} ${pathname}`;
    this.seen.push({
      call,
      query: search,
      headers,
      credentials,
      body: text === "" ? undefined : JSON.parse(text),
    });
    // An answer is never there at once.
    await new Promise((resolve) => setTimeout(resolve, 1));
    request.signal.throwIfAborted();
    const answer = this.answers[call]?.shift();
    return answer ? answer() : this.#handle(call, headers);
  };

  #handle(call: string, headers: Headers): Response {
    if (call === "POST /login" || call === "POST /refresh") return json(200, this.#tokens());
    if (call === "POST /logout") return new Response(null, { status: 204 });
    const isCurrent = headers.get("authorization") === `Bearer ${tokenOf(this.given)}`;
    return isCurrent ? json(200, { call }) : refusal(401, "Unauthorized");
  }

  #tokens(): object {
    this.given += 1;
    const refreshToken = this.transport === "bearer" ? { refreshToken: `refresh-${this.given}` } : {};
    return { token: tokenOf(this.given), tokenType: "Bearer", expiresIn: this.expiresIn, ...refreshToken };
  }
}
