/** Every route of the contract, whatever there is beside the body it wants: headers, queries, bodies it does not want. */
import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call } from "../test/call.ts";
import type { Request } from "../test/event.ts";
import { handlerOf } from "../test/handler-of.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const all = Object.values<Route>(routes);
const named = (some: readonly Route[]) => some.map((route) => [route.name, route] as const);

async function expectNothingWritten(run: () => Promise<unknown>): Promise<void> {
  const before = await readTable();
  await run();
  expect(await readTable()).toEqual(before);
}

const oddNames = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "then",
  "",
  " ",
  "\0",
  "é",
  "a\r\nb",
  "x".repeat(5000),
];
const oddTexts = ["", "\0", "\ud800", "é", "\r\nSet-Cookie: a=b", '{"$ne":null}', "$ne", "x".repeat(10_000)];
const claims = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-user-id",
  "x-original-url",
  "x-rewrite-url",
  "host",
];

/** Headers that no route reads, or that none may believe. */
const oddHeaders: Readonly<Record<string, Record<string, string>>> = {
  "2,000 headers": Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`x-${index}`, String(index)]),
  ),
  "headers of odd names": Object.fromEntries(oddNames.map((name) => [name, "x"])),
  "headers of odd values": Object.fromEntries(oddTexts.map((text, index) => [`x-${index}`, text])),
  "headers that claim to be somebody else": Object.fromEntries(claims.map((name) => [name, "admin"])),
  "headers that name another method": { "x-http-method-override": "DELETE", "x-method-override": "DELETE" },
};

describe.each(named(all))("%s", async (name, route) => {
  const handler = await handlerOf(name);

  /** A read, or a request that is refused: neither changes anything. */
  function harmless(): Request {
    const { method, path } = route;
    return {
      method,
      path,
      ...(route.body ? { body: { x: 1 } } : { params: sampleOf(route, person).params ?? {} }),
    };
  }

  const seen = ({ status, headers, text }: Answer) => ({ status, headers, text });

  it.each(Object.entries(oddHeaders))("with %s is answered as without them", (_name, headers) =>
    expectNothingWritten(async () => {
      const plain = await call(handler, harmless());
      expect(plain.status).toBe(route.body ? 422 : route.authorizer === "token" ? 401 : 200);
      expect(seen(await call(handler, { ...harmless(), headers }))).toEqual(seen(plain));
    }),
  );

  it("reads no token, no id and no field of its body from the query", () =>
    expectNothingWritten(async () => {
      const { token, refreshToken, user } = person;
      const query = {
        ...{ token, access_token: token, refreshToken, refresh_token: refreshToken, userId: user.id },
        ...(sampleOf(route, person).body as Record<string, string> | undefined),
      };
      const { body: _, ...bare } = harmless();
      const plain = await call(handler, bare);
      expect(plain.status).toBe(statusWithoutBody(route));
      const asked = await call(handler, { ...bare, query });
      // Where a route has a query, it is closed, and refuses a name before anything else.
      if (route.query) expect(asked.body.code).toBe("validation_failed");
      else expect(seen(asked)).toEqual(seen(plain));
    }));
});

function statusWithoutBody(route: Route): number {
  if (route.credentials) return 401;
  if (route.body) return 415;
  return route.authorizer === "token" ? 401 : 200;
}

describe.each(named(all.filter(({ body }) => !body)))("%s, which has no body,", (name, route) => {
  const bodies = ["{", "[".repeat(10_000), "x".repeat(1_000_000), '{"__proto__":{"admin":true}}', "\0"];

  it.each(bodies)("is answered as without one where it is sent %.20j", (body) =>
    expectNothingWritten(async () => {
      const handler = await handlerOf(name);
      const request = { method: route.method, params: sampleOf(route, person).params ?? {} };
      const plain = await call(handler, request);
      for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
        const answer = await call(handler, { ...request, body, headers: { "content-type": type } });
        expect([answer.status, answer.text]).toEqual([plain.status, plain.text]);
      }
    }),
  );
});

it.each(named(all.filter(({ params }) => params)))(
  "%s without the variable of its path leads nowhere",
  (name, route) =>
    expectNothingWritten(async () => {
      const handler = await handlerOf(name);
      for (const params of [{}, { other: "x" }]) {
        const request = { method: route.method, context: person.context, params };
        expect((await call(handler, request)).status).toBe(404);
      }
    }),
);
