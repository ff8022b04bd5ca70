import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { cookieOf, fromOurPage } from "../test/cookies.ts";
import { handlerOf } from "../test/handler-of.ts";
import { clearOutbox, jobs, mails } from "../test/outbox.ts";
import { newPerson, type Person } from "../test/people.ts";
import { sampleOf } from "../test/samples.ts";
import { captureStdout } from "../test/stdout.ts";
import { readTable } from "../test/table.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

beforeEach(clearOutbox);

const reading = Object.values<Route>(routes).filter(({ method }) => method === "GET");

// OWASP ASVS 5.0, 3.5.3: a page can make a browser send any of these, with its cookies.
it.each(reading.map((route) => [route.path, route] as const))(
  "GET %s changes nothing, whoever asks and whatever they bring",
  async (path, route) => {
    const before = await readTable();
    const handler = await handlerOf(route.name);
    const asked = { method: "GET", path, ...sampleOf(route, person) };
    const brought = {
      headers: fromOurPage,
      cookies: [cookieOf(person.refreshToken)],
      body: { name: "Mallory" },
    };
    for (const more of [{}, { context: person.context }, { ...brought, context: person.context }]) {
      const { status } = await call(handler, { ...asked, ...more });
      expect(status).toBe(route.authorizer === "token" && !("context" in more) ? 401 : 200);
    }
    expect(await readTable()).toEqual(before);
    expect([jobs(), mails()]).toEqual([[], []]);
  },
);
