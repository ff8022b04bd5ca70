import { routes } from "@gatehouse/contract";
import { examples } from "@gatehouse/contract/openapi";
import { describe, expect, it } from "vitest";
import { type Answered, expectDocumented, type Place, placeOf } from "./documented.ts";

const json = "application/json; charset=utf-8";
const user = examples.me["usual"]?.answer;

const answered: Answered = {
  status: 200,
  headers: { "content-type": json, "cache-control": "no-store" },
  cookies: [],
  body: user,
};

const refused: Answered = {
  status: 403,
  headers: {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    "www-authenticate": 'Bearer error="insufficient_scope"',
  },
  cookies: [],
  body: {
    type: "https://auth.example.com/problems/insufficient_scope",
    title: "The access token does not cover this",
    status: 403,
    detail: "The token is valid, but its scope does not include what this route needs.",
    instance: "urn:request:x",
    code: "insufficient_scope",
  },
};

const byGateway: Answered = {
  status: 403,
  headers: { "content-type": "application/json" },
  cookies: [],
  body: { message: "Forbidden" },
};

const gone: Answered = {
  ...answered,
  status: 204,
  headers: { "cache-control": "no-store" },
  body: undefined,
};

it.each([
  ["what a route is for", routes.me, answered],
  ["a problem with a code of its own", routes.me, refused],
  ["the gateway's word in place of it", routes.me, byGateway],
  ["nothing, where that is the answer", routes.endSession, gone],
  ["a cookie, where one may be set", routes.logout, { ...gone, cookies: ["a=b"] }],
])("an answer that is documented passes: %s", (_, route, answer) => {
  expect(() => expectDocumented(route, answer)).not.toThrow();
});

const without = (name: string) => {
  const { [name]: _, ...headers } = answered.headers;
  return { ...answered, headers };
};

const undocumented: [what: string, route: Place, answer: Answered][] = [
  ["a status that it does not have", routes.me, { ...answered, status: 201 }],
  ["a field that nobody described", routes.me, { ...answered, body: { ...user, passwordHash: "x" } }],
  ["a field that is missing", routes.me, { ...answered, body: { ...user, email: undefined } }],
  ["a field of another kind", routes.me, { ...answered, body: { ...user, emailVerified: "yes" } }],
  ["a time that is none", routes.me, { ...answered, body: { ...user, createdAt: "yesterday" } }],
  ["a field deep inside", routes.sessions, { ...answered, body: { sessions: [{ token: "x" }] } }],
  [
    "a code of another status",
    routes.me,
    { ...refused, body: { ...Object(refused.body), code: "not_found" } },
  ],
  [
    "a code of another route",
    routes.me,
    { ...refused, body: { ...Object(refused.body), code: "wrong_password" } },
  ],
  [
    "a status in the body that is another",
    routes.me,
    { ...refused, body: { ...Object(refused.body), status: 401 } },
  ],
  ["the gateway's word on an open route", routes.login, byGateway],
  ["a body where there is none", routes.endSession, { ...answered, status: 204 }],
  ["no body where there is one", routes.me, { ...answered, body: undefined }],
  ["another type", routes.me, { ...answered, headers: { ...answered.headers, "content-type": "text/html" } }],
  ["no word on how long it may be kept", routes.me, without("cache-control")],
  [
    "to be kept by anybody",
    routes.me,
    { ...answered, headers: { ...answered.headers, "cache-control": "public" } },
  ],
  ["a cookie, where none is set", routes.me, { ...answered, cookies: ["a=b"] }],
  [
    "a wait that nobody told of",
    routes.me,
    { ...answered, headers: { ...answered.headers, "retry-after": "1" } },
  ],
];

it.each(undocumented)("an answer that is not fails: %s", (_, route, answer) => {
  expect(() => expectDocumented(route, JSON.parse(JSON.stringify(answer)) as Answered)).toThrow();
});

describe("where a request goes", () => {
  it.each([
    ["GET", "/me", "/me"],
    ["GET", "/me?x=1", "/me"],
    ["DELETE", "/me/sessions/0701m84h2w1r4t6y8z0b2d4f6h8k", "/me/sessions/{sessionId}"],
    ["DELETE", "/me/sessions", "/me/sessions"],
    ["GET", "/problems/not_found", "/problems/{code}"],
  ])("%s %s is %s", (method, target, path) => {
    expect(placeOf(method, target)).toEqual({ method, path });
  });

  it.each([
    ["PUT", "/me"],
    ["GET", "/me/"],
    ["GET", "/nowhere"],
    ["DELETE", "/me/sessions/a/b"],
  ])("%s %s is none of them", (method, target) => {
    expect(placeOf(method, target)).toBeUndefined();
  });
});
