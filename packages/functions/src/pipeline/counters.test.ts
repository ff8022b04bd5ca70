import { type ErrorCode, errors, type RouteName, routes } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { countersOf } from "./counters.ts";

const names = Object.keys(routes) as RouteName[];
const codes = Object.keys(errors) as ErrorCode[];

/** How a request to a route ended: with this error, or with none. */
function countedAt(route: RouteName, code?: ErrorCode) {
  const { status } = code ? errors[code] : routes[route].answer;
  return countersOf({ route, status, code, coldStart: false });
}

describe("a request that succeeds", () => {
  const counted: Partial<Record<RouteName, string[]>> = {
    login: ["LogIns"],
    refresh: ["Refreshes"],
    register: ["Registrations"],
  };

  it.each(names)("to %s counts as what it is, or not at all", (route) => {
    expect(countedAt(route)).toEqual(counted[route] ?? []);
  });

  it("counts as a cold start besides where its container is new", () => {
    expect(countersOf({ route: "login", status: 200, code: undefined, coldStart: true })).toEqual([
      "LogIns",
      "ColdStart",
    ]);
  });
});

describe("a log-in that is refused", () => {
  const counted: Partial<Record<ErrorCode, string[]>> = {
    invalid_credentials: ["LogInFailures"],
    too_many_requests: ["LogInBlocks"],
    unavailable: ["Errors5xx"],
    internal_error: ["Errors5xx"],
  };

  it.each(codes.filter((code) => code !== "refresh_token_reused"))("with %s", (code) => {
    expect(countedAt("login", code)).toEqual(counted[code] ?? []);
  });
});

it("a refresh token used again is counted, and any other refusal of a refresh is not", () => {
  expect(countedAt("refresh", "refresh_token_reused")).toEqual(["RefreshReuse"]);
  for (const code of ["invalid_refresh_token", "session_ended", "session_expired"] as const) {
    expect(countedAt("refresh", code)).toEqual([]);
  }
});

it("too many requests to another route block no log-in", () => {
  for (const route of names.filter((name) => name !== "login")) {
    expect(countedAt(route, "too_many_requests")).toEqual([]);
  }
});

it("a fault of ours is counted at every route", () => {
  for (const route of names) expect(countedAt(route, "internal_error")).toEqual(["Errors5xx"]);
});

it("a request that failed for a secret or a setting is counted, whatever it was answered", () => {
  const failed = { route: "me", status: 503, code: "unavailable", coldStart: false } as const;
  expect(countersOf({ ...failed, configurationRefused: true })).toEqual([
    "Errors5xx",
    "ConfigurationRefused",
  ]);
  expect(countersOf({ ...failed, configurationRefused: false })).toEqual(["Errors5xx"]);
});
