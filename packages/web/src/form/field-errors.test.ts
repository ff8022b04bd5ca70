import { GatehouseError } from "@gatehouse/client";
import { expect, test } from "vitest";
import { errorsOf } from "./field-errors.ts";

const fields = (...pairs: readonly (readonly [string, string])[]) => ({
  fields: pairs.map(([pointer, message]) => ({ pointer, message })),
});

test("what the API says of a field stands beside it, as a sentence", () => {
  const error = new GatehouseError(
    "validation_failed",
    "t",
    fields(["/email", "should be an email address"]),
  );
  expect(errorsOf(error, ["email", "password"])).toEqual({
    fields: { email: "This email should be an email address, like ada@example.com." },
  });
});

test("a password is called one, whatever its field is called", () => {
  const error = new GatehouseError("weak_password", "t", fields(["/newPassword", "is too short"]));
  expect(errorsOf(error, ["currentPassword", "newPassword"]).fields).toEqual({
    newPassword: "This password is too short.",
  });
});

test.each([
  ["wrong_password", ["currentPassword", "newPassword"], "currentPassword"],
  ["wrong_password", ["email", "password"], "password"],
  ["email_taken", ["name", "email", "password"], "email"],
  ["invalid_code", ["email", "code"], "code"],
] as const)("%s is about a field, where the form %j has it", (code, names, field) => {
  const { fields, summary } = errorsOf(new GatehouseError(code, "t"), names);
  expect(Object.keys(fields)).toEqual([field]);
  expect(summary).toBeUndefined();
});

test("what is of no field of the form is said of the whole", () => {
  expect(errorsOf(new GatehouseError("invalid_code", "t"), [])).toMatchObject({
    fields: {},
    summary: expect.stringContaining("no longer works"),
  });
  const error = new GatehouseError(
    "validation_failed",
    "t",
    fields(["/other", "is missing"], ["", "is odd"]),
  );
  expect(errorsOf(error, ["email"])).toMatchObject({ fields: {}, summary: expect.any(String) });
  expect(errorsOf(new GatehouseError("invalid_credentials", "t"), ["email", "password"]).fields).toEqual({});
});

test("what the API says for developers only is said in words of ours", () => {
  const clear = fields(["/picture", "should be an https URL, or null to clear it"]);
  expect(errorsOf(new GatehouseError("validation_failed", "t", clear), ["picture"]).fields).toEqual({
    picture: "This picture should be an address that begins with https://, without spaces and quotes.",
  });
});
