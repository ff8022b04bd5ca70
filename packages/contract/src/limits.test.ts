import { describe, expect, it } from "vitest";
import { limits } from "./limits.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

describe.each(Object.values<Route>(routes))("the limits of $name", ({ name, errors }) => {
  const { rate, burst, counts = [] } = limits.routes[name as keyof typeof routes];

  it("let something through, and no more than the whole API may take", () => {
    expect(rate).toBeGreaterThanOrEqual(1);
    expect(burst).toBeGreaterThanOrEqual(1);
    expect(rate).toBeLessThanOrEqual(limits.api.rate);
    expect(burst).toBeLessThanOrEqual(limits.api.burst);
  });

  it("are told of by the contract where core counts something", () => {
    expect(errors.includes("too_many_requests")).toBe(counts.length > 0);
  });
});

it("no crowd of log-ins that begins on a clean account is looked at beyond a hundred", () => {
  const { rate, burst } = limits.routes.login;
  // A hash takes less than 0.3 s where a function has a whole processor; only then is the first of them counted.
  expect(burst + rate * 0.3).toBeLessThan(limits.password.most);
});
