import { expect, it } from "vitest";
import { duration } from "./duration.ts";

it.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [59, "59 seconds"],
  [60, "1 minute"],
  [119, "1 minute"],
  [900, "15 minutes"],
  [3599, "59 minutes"],
  [3600, "1 hour"],
  [5400, "90 minutes"],
  [86_400, "24 hours"],
  [129_600, "36 hours"],
  [172_800, "2 days"],
  [176_400, "49 hours"],
  [604_800, "7 days"],
])("%i seconds are said as %s", (seconds, words) => {
  expect(duration(seconds, "en")).toBe(words);
});

it.each([
  [60, "1 Minute"],
  [900, "15 Minuten"],
  [3600, "1 Stunde"],
  [86_400, "24 Stunden"],
  [604_800, "7 Tage"],
])("%i seconds are said in German as %s", (seconds, words) => {
  expect(duration(seconds, "de")).toBe(words);
});
