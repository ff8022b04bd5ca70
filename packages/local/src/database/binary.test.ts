import { accessSync, constants } from "node:fs";
import { expect, test } from "vitest";
import { StartError } from "../start-error.ts";
import { findBinary } from "./binary.ts";

test("the database of this platform is an executable file", () => {
  expect(() => accessSync(findBinary(), constants.X_OK)).not.toThrow();
});

test("a platform without one is told in one line which setting to make", () => {
  const find = () => findBinary("sunos", "sparc");
  expect(find).toThrow(StartError);
  expect(find).toThrow(/^No embedded database is installed for sunos-sparc .*DYNAMODB_ENDPOINT=.*$/);
});
