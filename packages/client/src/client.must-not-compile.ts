/**
 * What must not compile. `tsc` checks this file with the rest: a line below that starts to compile is an
 * unused `@ts-expect-error`, which is an error. Nothing imports it and nothing runs it.
 */
import { createClient, type GatehouseError, type SessionState } from "./index.ts";
import { cookieFetch } from "./server.ts";

const auth = createClient({ baseUrl: "https://auth.example.com", transport: "cookie" });
const person = { email: "test@example.com", password: "correct horse battery" };

// @ts-expect-error a client of no API
createClient({ transport: "cookie" });

// @ts-expect-error a transport that nobody chose: which is right depends on where the page is
createClient({ baseUrl: "https://auth.example.com" });

// @ts-expect-error a transport that there is not
createClient({ baseUrl: "https://auth.example.com", transport: "header" });

// @ts-expect-error a storage that can only be read
createClient({ baseUrl: "https://auth.example.com", transport: "bearer", storage: { getItem: () => null } });

// @ts-expect-error a field of another name
auth.register({ mail: "test@example.com", password: person.password });

// @ts-expect-error a field that no route knows
auth.register({ ...person, nickname: "T" });

// @ts-expect-error no password
auth.login({ email: person.email });

// @ts-expect-error a number for a text
auth.login({ email: person.email, password: 12345678 });

// @ts-expect-error the client sends the transport it was made with
auth.login({ ...person, transport: "bearer" });

// @ts-expect-error nothing at all
auth.login();

// @ts-expect-error the client has the refresh token, and the page never
auth.logout({ refreshToken: "01m84h2eb8xe5d3crb1t8t8cma" });

// @ts-expect-error a method that takes no input
auth.me({ id: "01m84h2eb8xe5d3crb1t8t8cma" });

// @ts-expect-error an undefined field is not one that is left out, nor null, which clears it
auth.changeMe({ name: undefined });

// @ts-expect-error a query is made of texts and numbers
auth.events({ limit: true });

// @ts-expect-error a path without its variable
auth.endSession({});

// @ts-expect-error the signal is an option, not an input
auth.login({ ...person, signal: AbortSignal.timeout(1000) });

// @ts-expect-error a key where the API does not look at one
auth.login(person, { idempotencyKey: "0d5f5a0c" });

// @ts-expect-error no such method
auth.signIn(person);

// @ts-expect-error nor where they throw
auth.orThrow.signIn(person);

// @ts-expect-error state of the client that only the client writes
auth.session = { status: "none" };

const me = await auth.me();

// @ts-expect-error the data of an answer that may be an error
me.data.email;

// @ts-expect-error the error of an answer that may be data
me.error.code;

if (!me.error) {
  // @ts-expect-error a field that no user has
  me.data.username;

  // @ts-expect-error the answer is nobody's to change
  me.data.roles.push("admin");

  // @ts-expect-error there is none
  me.error.code;
}

if (me.error) {
  switch (me.error.code) {
    // @ts-expect-error reading a profile takes no password that could be wrong
    case "wrong_password":
      break;
    // @ts-expect-error no code at all
    case "unauthorized":
      break;
  }

  // @ts-expect-error there is none
  me.data.email;
}

const login = await auth.login(person);

// @ts-expect-error a log-in needs nobody to be logged in
if (login.error?.code === "not_logged_in") person.email = "";

export function told(error: GatehouseError<"timeout" | "aborted">): string {
  switch (error.code) {
    case "timeout":
      return "too late";
    default:
      // @ts-expect-error one of the two is not handled
      return error.code satisfies never;
  }
}

export function userOf(session: SessionState): string {
  // @ts-expect-error only somebody who is logged in has an id
  return session.userId;
}

// @ts-expect-error without the page's origin the API refuses a cookie
cookieFetch({ cookie: null, onSetCookie: () => {} });

// @ts-expect-error without a way back the browser keeps a token that was replaced
cookieFetch({ cookie: null, origin: "https://www.example.com" });
