import { type Route, routes } from "@gatehouse/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call } from "../../test/call.ts";
import { cookieOf } from "../../test/cookies.ts";
import type { Request } from "../../test/event.ts";
import { handlerOf } from "../../test/handler-of.ts";
import { newEmail, newPerson, type Person, password } from "../../test/people.ts";
import { sampleOf } from "../../test/samples.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readTable } from "../../test/table.ts";
import * as login from "../login.ts";
import * as logout from "../logout.ts";
import * as me from "../me.ts";
import * as refresh from "../refresh.ts";
import * as register from "../register.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

type Headers = Readonly<Record<string, string | undefined>>;

/** Everything that changes something without an access token that a page would have to know. */
const withoutCookie: Record<string, (headers: Headers) => Promise<Answer>> = {
  "a registration": (headers) => call(register.handler, { body: { email: newEmail(), password }, headers }),
  "a log-in": (headers) => call(login.handler, { body: { email: person.email, password }, headers }),
  "a refresh by body": (headers) =>
    call(refresh.handler, { body: { refreshToken: person.refreshToken }, headers }),
  "a log-out by body": (headers) =>
    call(logout.handler, { body: { refreshToken: person.refreshToken }, headers }),
  "a log-out by access token": (headers) =>
    call(logout.handler, { headers: { authorization: `Bearer ${person.token}`, ...headers } }),
};

const withCookie: typeof withoutCookie = {
  "a log-in that asks for the cookie": (headers) =>
    call(login.handler, { body: { email: person.email, password, transport: "cookie" }, headers }),
  "a refresh by cookie": (headers) => call(refresh.handler, bringing({}, headers)),
  "a log-out by cookie": (headers) => call(logout.handler, bringing({}, headers)),
  "a log-in that brings the cookie": (headers) =>
    call(login.handler, bringing({ email: person.email, password }, headers)),
  "a registration that brings the cookie": (headers) =>
    call(register.handler, bringing({ email: newEmail(), password }, headers)),
};

function bringing(body: unknown, headers: Headers): Request {
  return { body, cookies: [cookieOf(person.refreshToken)], headers };
}

/** Every route that anybody may post to, by the contract: a new one is here too. */
const openPosts = Object.values<Route>(routes).filter(
  ({ authorizer, method }) => authorizer === "none" && method !== "GET",
);

const everything = { ...withoutCookie, ...withCookie };

/** The codes of the answers to these headers, each told once, after a look that nothing was written. */
async function refusalsOf(ask: (headers: Headers) => Promise<Answer>, each: readonly Headers[]) {
  const before = await readTable();
  const codes = new Set<string>();
  for (const headers of each) {
    const { status, body } = await ask(headers);
    codes.add(`${status} ${body?.code}`);
  }
  expect(await readTable()).toEqual(before);
  return [...codes];
}

const foreignOrigins = [
  "https://evil.example",
  "http://app.example.com",
  "https://app.example.com:8443",
  "https://app.example.com:443",
  "https://app.example.com/",
  "https://app.example.com#",
  "https://APP.example.com",
  "HTTPS://app.example.com",
  "https://appXexample.com",
  "https://app.exampleXcom",
  "https://authXexample.com",
  "https://app.example.com.evil.example",
  "https://app.example.community",
  "https://evil-app.example.com",
  "https://x.app.example.com",
  "https://example.com",
  "https://app.example.co",
  "https://app.example.com.",
  "https://user@app.example.com",
  "https://app.example.com, https://evil.example",
  "https://evil.example,https://app.example.com",
  "https://app.example.com,https://app.example.com",
  " https://app.example.com",
  "app.example.com",
  "http://auth.example.com",
  "null",
  "*",
  "undefined",
  "",
];

describe.each(Object.entries(everything))("%s", (_name, ask) => {
  it("from a page of any other origin is refused, and changes nothing", async () => {
    const each = foreignOrigins.map((origin) => ({ origin }));
    expect(await refusalsOf(ask, each)).toEqual(["403 origin_refused"]);
  });

  it("is not helped by a header that names our site too", async () => {
    const each = ["same-origin", "same-site", "none"].map((site) => ({
      origin: "https://evil.example",
      "sec-fetch-site": site,
      referer: "https://app.example.com/",
      host: "auth.example.com",
      "x-forwarded-host": "app.example.com",
      "x-requested-with": "XMLHttpRequest",
    }));
    expect(await refusalsOf(ask, each)).toEqual(["403 origin_refused"]);
  });

  it("that says by Sec-Fetch-Site alone that it comes from elsewhere is refused, and changes nothing", async () => {
    const sites = ["same-site", "cross-site", "none", "", "Same-Origin", "same-origin, cross-site", "x"];
    const each = sites.map((site) => ({ "sec-fetch-site": site }));
    expect(await refusalsOf(ask, each)).toEqual(["403 origin_refused"]);
  });
});

describe.each(Object.entries(withCookie))("%s", (_name, ask) => {
  it("that does not say where it comes from is refused, and changes nothing", async () => {
    const each = [{}, { referer: "https://app.example.com/login" }, { host: "auth.example.com" }];
    expect(await refusalsOf(ask, each)).toEqual(["403 origin_refused"]);
  });
});

describe.each([
  ["of an allowed origin", { origin: "https://app.example.com" }],
  [
    "of an allowed origin on another site",
    { origin: "https://app.example.com", "sec-fetch-site": "cross-site" },
  ],
  ["of the API's own origin", { origin: "https://auth.example.com" }],
  ["that Sec-Fetch-Site calls same-origin", { "sec-fetch-site": "same-origin" }],
])("a page %s", (_name, headers) => {
  it("may do all of it", async () => {
    for (const ask of Object.values(everything)) {
      person = await newPerson();
      expect((await ask(headers)).status).toBeLessThan(300);
    }
  });
});

it("what is no browser may do all that needs no cookie, without a word of where it comes from", async () => {
  for (const ask of Object.values(withoutCookie)) {
    person = await newPerson();
    expect((await ask({})).status).toBeLessThan(300);
  }
});

describe("a request that brings the cookie", () => {
  const forms = [
    "text/plain",
    "text/plain; application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    undefined,
  ];
  const bodies = [
    undefined,
    "{}",
    '{"refreshToken":"x"}',
    "refreshToken=x",
    "--x\r\n\r\n--x--",
    '{"a":"=b"}',
    `{"email":"a@example.com","password":"${password}"}`,
  ];

  it.each([
    ["refresh", refresh.handler],
    ["log-out", logout.handler],
    ["log-in", login.handler],
    ["registration", register.handler],
  ])("must be JSON to be a %s: no form can make it, and nothing changes", async (_name, handler) => {
    const ask = (headers: Headers) => call(handler, bringing(undefined, headers));
    const headersOf = (type: string | undefined) => ({
      origin: "https://app.example.com",
      "content-type": type,
    });
    expect(await refusalsOf(ask, forms.map(headersOf))).toEqual(["415 unsupported_media_type"]);
    for (const body of bodies) {
      const post = (headers: Headers) => call(handler, bringing(body, headers));
      expect(await refusalsOf(post, forms.map(headersOf))).toEqual(["415 unsupported_media_type"]);
    }
  });

  it.each(["application/json", "Application/JSON", "application/json; charset=utf-8"])(
    "is taken as %s, with and without a body",
    async (type) => {
      for (const body of [undefined, "", "{}"]) {
        person = await newPerson();
        const headers = { origin: "https://app.example.com", "content-type": type };
        expect((await call(refresh.handler, bringing(body, headers))).status).toBe(200);
      }
    },
  );
});

describe.each(openPosts.map((route) => [route.name, route] as const))("%s", (name, route) => {
  it("is open to no other page, and to every page of ours", async () => {
    const ask = async (headers: Headers) =>
      call(await handlerOf(name), { ...sampleOf(route, person), headers });
    person = await newPerson();
    const others = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ];
    expect(await refusalsOf(ask, others)).toEqual(["403 origin_refused"]);
    expect((await ask({ origin: "https://app.example.com" })).body?.code).not.toBe("origin_refused");
  });
});

it("routes behind the authorizer look at no cookie and at no origin: a page cannot guess their header", async () => {
  const request = { method: "GET", ...bringing(undefined, { origin: "https://evil.example" }) };
  expect((await call(me.handler, request)).status).toBe(401);
  const { status, headers } = await call(me.handler, { ...request, context: person.context });
  expect(status).toBe(200);
  expect(headers).not.toHaveProperty("access-control-allow-origin");
});
