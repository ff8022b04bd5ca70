import { expect, it } from "vitest";
import { readNumbers, UsageError } from "./options.ts";

const defaults = { samples: 250, seconds: 60 };

it("what is not given is the default", () => {
  expect(readNumbers(["--samples", "300"], defaults)).toEqual({ samples: 300, seconds: 60 });
});

it.each([
  ["--samples", "0"],
  ["--samples", "-1"],
  ["--samples", "1e9"],
  ["--samples"],
  ["--other", "1"],
  ["x"],
])("%s %s is refused", (...args) => {
  expect(() => readNumbers(args.filter(Boolean), defaults)).toThrow(UsageError);
});
