/** As the generated table has a route. */
export interface RouteEntry {
  readonly method: string;
  readonly path: string;
  readonly sends?: "body" | "path" | "query";
  readonly token?: true;
  readonly idempotent?: true;
}

export type Input = Readonly<Record<string, unknown>>;

/** What stands in the headers of a call, and whether its cookies go along. */
export interface Carried {
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly withCookies?: boolean;
}

/** The arguments of `fetch`. */
export function toRequest(
  base: string,
  route: RouteEntry,
  input: Input,
  carried: Carried,
): readonly [url: string, init: RequestInit] {
  const { method, path, sends } = route;
  const url = new URL(base + (sends === "path" ? fill(path, input) : path));
  if (sends === "query") setQuery(url, input);
  const { token, idempotencyKey, withCookies } = carried;
  const headers: Record<string, string> = {
    ...(sends === "body" && { "Content-Type": "application/json" }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(idempotencyKey !== undefined && { "Idempotency-Key": idempotencyKey }),
  };
  return [
    url.href,
    {
      method,
      headers,
      ...(sends === "body" && { body: JSON.stringify(input) }),
      // Some edge runtimes have no credentials and throw where they are named.
      ...("credentials" in Request.prototype && { credentials: withCookies ? "include" : "omit" }),
    },
  ];
}

function fill(path: string, input: Input): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
}

function setQuery({ searchParams }: URL, input: Input): void {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) searchParams.set(name, String(value));
  }
}
