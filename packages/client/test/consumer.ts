/**
 * What a project of somebody else might write. `test/client-package.test.ts` compiles it against the packed client, and
 * the check of types against the sources.
 */
import {
  type Client,
  createClient,
  type GatehouseError,
  isGatehouseError,
  type Result,
  type SessionState,
  type User,
} from "@gatehouse/client";
import { cookieFetch } from "@gatehouse/client/server";

const auth: Client = createClient({ baseUrl: "https://auth.example.com", transport: "cookie" });

export async function logIn(email: string, password: string): Promise<string | undefined> {
  const { data, error } = await auth.login({ email, password });
  if (!error) return data.user.name ?? data.user.email;
  switch (error.code) {
    case "invalid_credentials":
      return undefined;
    case "too_many_requests":
      return `Come back in ${error.retryAfterSeconds ?? 60} s`;
    default:
      return error.fieldMessage("email") ?? error.message;
  }
}

export function load(signal: AbortSignal): Promise<Result<User>> {
  return auth.me({ signal });
}

export async function orders(): Promise<unknown> {
  try {
    const response = await auth.fetch("https://shop.example.com/orders");
    return await response.json();
  } catch (error) {
    if (isGatehouseError(error)) return error.code;
    throw error;
  }
}

export const stop: () => void = auth.onSession((session: SessionState) => {
  if (session.status === "active") session.userId.toUpperCase();
});

export function onServer(request: Request): Client {
  const fetch = cookieFetch({
    cookie: request.headers.get("cookie"),
    origin: "https://www.example.com",
    onSetCookie: () => {},
  });
  return createClient({ baseUrl: "https://auth.example.com", transport: "cookie", fetch });
}

export function isGone(error: GatehouseError): boolean {
  return error.code === "not_logged_in";
}
