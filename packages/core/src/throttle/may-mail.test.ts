import { expect, it } from "vitest";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { newEmail } from "../../test/user.ts";
import * as Throttle from "./index.ts";

it("an address may be mailed unasked ten times an hour, however it is spelt and however many ask at a time", async () => {
  const email = newEmail("target");
  const spellings = [email, email.toUpperCase()];
  const asked = await Promise.all(
    Array.from({ length: 25 }, (_, index) => Throttle.mayMail("notice", String(spellings[index % 2]))),
  );
  expect(asked.filter(Boolean)).toHaveLength(10);
});

it("one kind of mail, and one address, is not counted with another", async () => {
  const email = newEmail("target");
  for (let time = 0; time < 11; time += 1) await Throttle.mayMail("notice", email);
  expect(await Throttle.mayMail("notice", email)).toBe(false);
  expect(await Throttle.mayMail("confirm", email)).toBe(true);
  expect(await Throttle.mayMail("notice", newEmail("other"))).toBe(true);
});

it("whether an address may be mailed is not known while the table is down", async () => {
  const down = () => Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
  expect(await codeOf(intercepted(down, () => Throttle.mayMail("confirm", newEmail("down"))))).toBe(
    "unavailable",
  );
});
