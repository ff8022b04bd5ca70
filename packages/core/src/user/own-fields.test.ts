import type { ProfileChange } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { given } from "./own-fields.ts";

it("a person's own fields are those that have a text, in one order, and nothing else of a body", () => {
  const body = {
    picture: "p",
    roles: ["admin"],
    locale: null,
    name: "N",
    epoch: 3,
    __proto__: { locale: "x" },
  };
  const fields = given(body as ProfileChange);
  expect(Object.entries(fields)).toEqual([
    ["name", "N"],
    ["picture", "p"],
  ]);
  expect(given({})).toEqual({});
  expect(given({ name: 7 } as unknown as ProfileChange)).toEqual({});
});
