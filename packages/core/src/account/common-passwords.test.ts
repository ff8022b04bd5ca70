/** The most used passwords are refused by every way that leads to one (OWASP ASVS 5.0, 6.2.4). */
import { dictionary } from "@zxcvbn-ts/language-common";
import bcrypt from "bcryptjs";
import { afterEach, expect, it, vi } from "vitest";
import { ways } from "../../test/password-ways.ts";
import { toAuthError } from "../error.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** By rank, those that are long enough. */
const mostUsed = dictionary["passwords-common"]
  .filter((password) => [...password].length >= 8)
  .slice(0, 3000);

/** The other ways read the table twice each time. */
const everyTenth = mostUsed.filter((_, index) => index % 10 === 0);

it.each([
  ["at registration", "each of the 3,000", mostUsed],
  ["at a change", "every tenth of the 3,000", everyTenth],
  ["at a reset", "every tenth of the 3,000", everyTenth],
])("%s %s most used passwords that are long enough is refused", async (name, _, passwords) => {
  expect(mostUsed).toHaveLength(3000);
  const way = await ways[name]?.();
  // At a change the current password is compared each time, which is not what this is about.
  vi.spyOn(bcrypt, "compare").mockImplementation(async () => true);
  const refused: string[] = [];
  for (const password of passwords) {
    const refusal = await way?.set(password).catch(toAuthError);
    if (refusal?.code === "weak_password") refused.push(password);
  }
  expect(refused).toEqual(passwords);
});
