import { type Route, routes } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import * as validators from "../validators.generated.js";
import { fieldErrors, type Violation } from "./field-errors.ts";

const route: Route = routes.register;

function errorsOf(body: unknown): Record<string, string> {
  validators.register({ body });
  const found = fieldErrors(validators.register.errors as Violation[], route.body);
  return Object.fromEntries(found.map(({ pointer, message }) => [pointer, message]));
}

const good = { email: "test@example.com", password: "correct horse battery" };

describe("the refused fields", () => {
  it("are named by a pointer into the body, each with what it should be", () => {
    expect(errorsOf({ email: "nobody", name: "", picture: "http://x" })).toEqual({
      "/email": "should be an email address, for example test@example.com",
      "/name": "should be a name of 1 to 100 characters without control characters",
      "/password": "is missing",
      "/picture": "should be an https URL of at most 2,048 characters",
    });
  });

  it("of a query are named as if it were the body", () => {
    const { query }: Route = routes.events;
    validators.events({ queryStringParameters: { limit: "all", "a/b": "1" } });
    const found = fieldErrors(validators.events.errors as Violation[], query);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { pointer: "/limit", message: "should be a number from 1 to 100" },
        { pointer: "/a~1b", message: "is not a field of this request" },
      ]),
    );
  });

  it("are told once each, however many rules one breaks", () => {
    expect(errorsOf({ ...good, email: "x".repeat(300) })).toEqual({
      "/email": "should be an email address, for example test@example.com",
    });
  });

  it("have their names escaped as a JSON pointer asks", () => {
    expect(errorsOf({ ...good, "a/b~c": 1, "": 2 })).toEqual({
      "/a~1b~0c": "is not a field of this request",
      "/": "is not a field of this request",
    });
  });

  it.each(["constructor", "toString", "__defineGetter__", "hasOwnProperty", "valueOf"])(
    "may have the name of something every object has: %s",
    (name) => {
      expect(errorsOf({ ...good, [name]: 1 })).toEqual({ [`/${name}`]: "is not a field of this request" });
    },
  );

  it("are the whole body where it is no object", () => {
    for (const body of [null, [], "text", 7, true]) expect(errorsOf(body)).toEqual({ "": "must be object" });
  });

  it("are at most twenty, so that a hostile body is not echoed", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`extra${index}`, index]));
    expect(Object.keys(errorsOf(many))).toHaveLength(20);
  });

  it("say what the validator says where the schema tells no more", () => {
    validators.changeMe({ body: {} });
    const found = fieldErrors(validators.changeMe.errors as Violation[]);
    expect(found).toEqual([{ pointer: "", message: "must NOT have fewer than 1 properties" }]);
  });
});
