import { expect, test } from "vitest";
import { settingsOf } from "./stage.ts";

test("prod keeps its data, whatever happens to the stage", () => {
  expect(settingsOf("prod")).toMatchObject({
    removal: "retain",
    pointInTimeRecovery: true,
    deletionProtection: true,
  });
});

test.each(["anna", "dev", "pr-12", "constructor", "__proto__"])("%s is a personal stage", (stage) => {
  expect(settingsOf(stage)).toMatchObject({
    removal: "destroy",
    pointInTimeRecovery: false,
    deletionProtection: false,
  });
});

test.each(["prod", "anna"])("the settings of %s are such as the gateway takes", (stage) => {
  const { allowedOrigins, authorizerCacheSeconds, throttle } = settingsOf(stage);
  expect(allowedOrigins.map((origin) => new URL(origin).origin)).toEqual(allowedOrigins);
  expect(authorizerCacheSeconds).toBeGreaterThanOrEqual(0);
  expect(authorizerCacheSeconds).toBeLessThanOrEqual(3600);
  // SST leaves throttling out, without a word, where either is 0.
  expect(throttle.rate).toBeGreaterThan(0);
  expect(throttle.burst).toBeGreaterThan(0);
});
