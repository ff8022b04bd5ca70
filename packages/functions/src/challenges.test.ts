/** What every route behind the authorizer says to whom it refuses (RFC 6750 section 3), and that nothing has happened. */
import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";
import * as logout from "./logout.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const guarded = Object.values<Route>(routes).filter((route) => route.authorizer === "token");

describe.each(guarded.map((route) => [route.name, route] as const))("%s", (name, route) => {
  /** The status, the code and the challenge of a good request but for what the authorizer said. */
  async function refusalOf(context: Request["context"]): Promise<unknown[]> {
    const before = await readTable();
    const request = { method: route.method, path: route.path, ...sampleOf(route, person) };
    const { status, body, headers } = await call(await handlerOf(name), {
      ...request,
      ...(context && { context }),
    });
    expect(await readTable()).toEqual(before);
    return [status, body.code, headers["www-authenticate"]];
  }

  it("names no error to whom it does not know", async () => {
    expect(await refusalOf(undefined)).toEqual([401, "invalid_token", "Bearer"]);
  });

  it("names invalid_token to whose token has expired since the gateway looked", async () => {
    const expired = { ...person.context, exp: Math.floor(Date.now() / 1000) - 1 };
    expect(await refusalOf(expired)).toEqual([401, "invalid_token", 'Bearer error="invalid_token"']);
  });

  it("names the scope to whose token lacks it, whatever else it covers", async () => {
    const scopes = person.context.scope.split(" ").filter((scope) => scope !== route.scope);
    const challenge = `Bearer error="insufficient_scope", scope="${route.scope}"`;
    for (const scope of [scopes.join(" "), `${scopes.join(" ")} ${route.scope}x`, "admin", ""]) {
      expect(await refusalOf({ ...person.context, scope })).toEqual([403, "insufficient_scope", challenge]);
    }
  });
});

it("a log-out by a token that is none is told so, and one with nothing at all is told of no error", async () => {
  const challengeOf = async (headers: Request["headers"] = {}) => {
    const { status, headers: answered } = await call(logout.handler, { headers });
    return [status, answered["www-authenticate"]];
  };
  expect(await challengeOf({ authorization: "Bearer a.b.c" })).toEqual([401, 'Bearer error="invalid_token"']);
  expect(await challengeOf()).toEqual([401, "Bearer"]);
});
