import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { bits } from "./common.generated.js";
import { isCommon } from "./common.ts";
import { fold } from "./fold.ts";

test("every password of the list is common", () => {
  const missed = dictionary["passwords-common"].filter((password) => !isCommon(fold(password), 1));
  expect(missed).toEqual([]);
});

test("of 100,000 random passwords at most 10 are taken for common", () => {
  const random = Array.from({ length: 100_000 }, (_, index) =>
    createHash("sha256").update(String(index)).digest("base64url").slice(0, 10),
  );
  expect(random.filter((password) => isCommon(fold(password), 5)).length).toBeLessThanOrEqual(10);
});

test("the filter takes at most 200 kB, and so does the file it stands in", () => {
  expect(statSync(new URL("./common.generated.js", import.meta.url)).size).toBeLessThanOrEqual(200_000);
  expect(bits.length).toBeLessThanOrEqual(200_000);
});

test.each(["p@ssw0rd", "sunshine1!", "123monkey", "$unshine", "1loveyou!", "(dragon)", "!!shadow"])(
  "%s is nearly a common password",
  (text) => {
    expect(isCommon(text, 5)).toBe(true);
  },
);

test("what stands around a common password counts when it is long enough", () => {
  expect(isCommon("monkey#4821", 5)).toBe(false);
  expect(isCommon("monkey#482", 5)).toBe(true);
});

test("a text without letters is taken as a whole", () => {
  expect(isCommon("123456789", 5)).toBe(true);
  expect(isCommon("!?.,;:-_", 5)).toBe(false);
});
