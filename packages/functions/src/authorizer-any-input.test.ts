import { beforeAll, describe, expect, it } from "vitest";
import { effectOf } from "../test/authorizer-effect.ts";
import { recordedEvent, type Shape, shapes } from "../test/authorizer-events.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";

captureStdout();

let token: string;
beforeAll(async () => {
  token = (await newPerson()).token;
});

const odd = [null, undefined, "", "x", 0, -1, true, [], {}, [null], { a: { b: [] } }, "\0", "é".repeat(5000)];

/** What an event must have to be allowed: where the token is looked for, and which stage is asked about. */
const needed: Record<Shape, string[]> = {
  "REST TOKEN": ["type", "methodArn", "authorizationToken"],
  "REST REQUEST": ["methodArn", "headers"],
  // The headers are not: the identity source stands for them where it is the only one.
  "HTTP REQUEST 1.0": ["methodArn", "identitySource"],
  "HTTP REQUEST 2.0": ["routeArn", "identitySource"],
};

describe.each(shapes)("a recorded %s event", (shape) => {
  const fields = Object.keys(recordedEvent(shape, ""));

  it.each(fields)("with its %s taken away or replaced by anything is answered", async (field) => {
    const { [field]: _, ...rest } = recordedEvent(shape, `Bearer ${token}`);
    const effects = [await effectOf(rest)];
    for (const value of odd) effects.push(await effectOf({ ...rest, [field]: value }));
    expect(effects.includes("Deny")).toBe(needed[shape].includes(field));
  });

  it("that carries no token is denied, whatever else of it is replaced", async () => {
    const event = recordedEvent(shape, "Bearer nothing");
    for (const field of fields) {
      for (const value of odd) expect(await effectOf({ ...event, [field]: value })).toBe("Deny");
    }
  });
});
