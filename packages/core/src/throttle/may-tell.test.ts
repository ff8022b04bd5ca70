import { expect, it } from "vitest";
import { codeOf } from "../../test/refusal.ts";
import { intercepted } from "../../test/requests.ts";
import { newId } from "../id.ts";
import { Throttle } from "./index.ts";

it("a person may be told ten times an hour, however many ask at a time, and others are not counted with them", async () => {
  const person = newId();
  const asked = await Promise.all(Array.from({ length: 25 }, () => Throttle.mayTell(person)));
  expect(asked.filter(Boolean)).toHaveLength(10);
  expect(await Throttle.mayTell(newId())).toBe(true);
});

it("whether a person may be told is not known while the table is down", async () => {
  const down = () => Promise.reject(Object.assign(new Error("down"), { name: "TimeoutError" }));
  expect(await codeOf(intercepted(down, () => Throttle.mayTell(newId())))).toBe("unavailable");
});
