import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";
import { allows, MalformedPolicy, parsePolicy } from "./policy.ts";

const api = "arn:aws:execute-api:us-east-1:123456789012:abc/$default";

function decide(statement: unknown, arn = `${api}/GET/me`): boolean {
  return allows(parsePolicy({ Version: "2012-10-17", Statement: statement }), arn);
}

const allow = { Effect: "Allow", Action: "execute-api:Invoke", Resource: `${api}/GET/me` };
const deny = { ...allow, Effect: "Deny" };

describe("an Allow applies", () => {
  test.each([
    ["to its exact route", allow, true],
    ["as a single statement or a list", [allow], true],
    ["not to another path", { ...allow, Resource: `${api}/GET/you` }, false],
    ["not to another method", { ...allow, Resource: `${api}/POST/me` }, false],
    ["not to a path it is the beginning of", { ...allow, Resource: `${api}/GET/m` }, false],
    ["not to a path in another case", { ...allow, Resource: `${api}/GET/ME` }, false],
    ["to any of a list of resources", { ...allow, Resource: [`${api}/GET/you`, `${api}/GET/me`] }, true],
    ["to any method by a star", { ...allow, Resource: `${api}/*/me` }, true],
    ["to any path by a star", { ...allow, Resource: `${api}/GET/*` }, true],
    ["to any route of a stage", { ...allow, Resource: `${api}/*/*` }, true],
    ["to everything by a lone star", { ...allow, Resource: "*" }, true],
    ["to one character by a question mark", { ...allow, Resource: `${api}/GET/m?` }, true],
    ["not to two characters by a question mark", { ...allow, Resource: `${api}/GET/?` }, false],
    ["not to another stage", { ...allow, Resource: `${api.replace("$default", "prod")}/*/*` }, false],
    ["not to another API", { ...allow, Resource: `${api.replace("abc", "xyz")}/*/*` }, false],
    ["by the action execute-api:*", { ...allow, Action: "execute-api:*" }, true],
    ["by the action *", { ...allow, Action: "*" }, true],
    ["by an action in another case", { ...allow, Action: "Execute-API:invoke" }, true],
    ["by any of a list of actions", { ...allow, Action: ["s3:*", "execute-api:Invoke"] }, true],
    ["not by the action of another service", { ...allow, Action: "lambda:Invoke" }, false],
    ["not by another action of the API", { ...allow, Action: "execute-api:ManageConnections" }, false],
    ["by a NotAction of something else", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, true],
    ["not by a NotAction of this", { Effect: "Allow", NotAction: "execute-api:*", Resource: "*" }, false],
    [
      "by a NotResource of another route",
      { Effect: "Allow", Action: "*", NotResource: `${api}/GET/you` },
      true,
    ],
    [
      "not by a NotResource of this route",
      { Effect: "Allow", Action: "*", NotResource: `${api}/GET/*` },
      false,
    ],
  ])("%s", (_what, statement, expected) => {
    expect(decide(statement)).toBe(expected);
  });
});

describe("a Deny", () => {
  test.each([
    ["wins over an Allow before it", [allow, deny], false],
    ["wins over an Allow after it", [deny, allow], false],
    ["of another route does not matter", [allow, { ...deny, Resource: `${api}/GET/you` }], true],
    ["of another action does not matter", [allow, { ...deny, Action: "s3:*" }], true],
    ["by a star wins over an exact Allow", [allow, { ...deny, Resource: "*" }], false],
    [
      "by NotResource spares what it names",
      [allow, { Effect: "Deny", Action: "*", NotResource: `${api}/GET/me` }],
      true,
    ],
    ["by NotAction takes all the rest", [allow, { Effect: "Deny", NotAction: "s3:*", Resource: "*" }], false],
  ])("%s", (_what, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });
});

describe("a statement that depends on something unknown fails closed", () => {
  const Condition = { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } };
  const variable = `${api}/GET/\${aws:username}`;
  test.each([
    ["an Allow with a Condition does not count", { ...allow, Condition }],
    ["an Allow with an empty Condition does not count", { ...allow, Condition: {} }],
    ["a Deny with a Condition does", [allow, { ...deny, Condition }]],
    [
      "a Deny with a policy variable does, whatever it may stand for",
      [allow, { ...deny, Resource: variable }],
    ],
  ])("%s", (_what, statements) => {
    expect(decide(statements)).toBe(false);
  });

  test("an Allow with a policy variable does not count, even where its text is the path", () => {
    expect(decide({ ...allow, Resource: variable }, variable)).toBe(false);
  });
});

describe("a route's ARN is compared whole", () => {
  test.each([
    ["colons in the path", `${api}/GET/urn:user:1`],
    ["slashes in the path", `${api}/GET/files/a/b/c.txt`],
    ["the root", `${api}/GET/`],
    ["characters of regular expressions", `${api}/GET/a.b(c)[d]+e^f`],
  ])("with %s", (_what, arn) => {
    expect(decide({ ...allow, Resource: arn }, arn)).toBe(true);
    expect(decide({ ...allow, Resource: `${api}/GET/*` }, arn)).toBe(true);
    expect(decide({ ...allow, Resource: arn }, `${arn}x`)).toBe(false);
  });

  test("a dot stands for itself only", () => {
    expect(decide({ ...allow, Resource: `${api}/GET/a.b` }, `${api}/GET/axb`)).toBe(false);
  });
});

describe("is refused as malformed:", () => {
  test.each([
    ["no document", undefined],
    ["null", null],
    ["text", JSON.stringify({ Statement: allow })],
    ["a list", [allow]],
    ["no Statement", {}],
    ["an empty Statement list", { Statement: [] }],
    ["a statement that is text", { Statement: "Allow" }],
    ["a statement that is null", { Statement: [null] }],
    ["an unknown Version", { Version: "2020-01-01", Statement: allow }],
    ["no Effect", { Statement: { ...allow, Effect: undefined } }],
    ["an Effect in lower case", { Statement: { ...allow, Effect: "allow" } }],
    ["no Action", { Statement: { ...allow, Action: undefined } }],
    ["Action and NotAction", { Statement: { ...allow, NotAction: "s3:*" } }],
    ["an empty Action list", { Statement: { ...allow, Action: [] } }],
    ["an Action that is a number", { Statement: { ...allow, Action: 1 } }],
    ["no Resource", { Statement: { ...allow, Resource: undefined } }],
    ["Resource and NotResource", { Statement: { ...allow, NotResource: "*" } }],
    ["an empty Resource", { Statement: { ...allow, Resource: "" } }],
    ["a Resource list with null", { Statement: { ...allow, Resource: [null] } }],
    ["a Resource of more than 512 characters", { Statement: { ...allow, Resource: "*".repeat(513) } }],
    ["one bad statement among good ones", { Statement: [allow, { ...allow, Effect: "Maybe" }] }],
  ])("%s", (_what, document) => {
    expect(() => parsePolicy(document)).toThrow(MalformedPolicy);
  });
});

describe("for any policy", () => {
  const resource = fc.stringMatching(/^[*?a-c/]{1,8}$/);
  const action = fc.constantFrom("execute-api:Invoke", "execute-api:*", "*", "s3:GetObject");
  const statement = fc.record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: fc.oneof(action, fc.array(action, { minLength: 1, maxLength: 3 })),
    Resource: fc.oneof(resource, fc.array(resource, { minLength: 1, maxLength: 3 })),
  });
  const statements = fc.array(statement, { minLength: 1, maxLength: 5 });
  const arn = fc.stringMatching(/^[a-c/]{0,8}$/);

  test("the order of its statements does not matter", () => {
    fc.assert(
      fc.property(statements, arn, (list, route) => {
        expect(decide(list.toReversed(), route)).toBe(decide(list, route));
      }),
    );
  });

  test("one more Deny never allows more, one more Allow never allows less", () => {
    fc.assert(
      fc.property(statements, statement, arn, (list, one, route) => {
        const [before, after] = [decide(list, route), decide([...list, one], route)];
        expect(one.Effect === "Deny" ? before || !after : after || !before).toBe(true);
      }),
    );
  });

  test("a Deny of everything denies everything, and without an Allow nothing is allowed", () => {
    fc.assert(
      fc.property(statements, arn, (list, route) => {
        expect(decide([...list, { Effect: "Deny", Action: "*", Resource: "*" }], route)).toBe(false);
        expect(
          decide(
            list.map((one) => ({ ...one, Effect: "Deny" })),
            route,
          ),
        ).toBe(false);
      }),
    );
  });
});

describe("a pattern", () => {
  const text = fc.stringMatching(/^[a-c/]{0,10}$/);
  const pattern = fc.stringMatching(/^[*?a-c/]{0,10}$/);

  test("agrees with the regular expression it stands for", () => {
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const expression = new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(matchesGlob(glob, value)).toBe(expression.test(value));
      }),
      { numRuns: 2_000 },
    );
  });

  test("of a thousand stars is answered at once", () => {
    expect(matchesGlob("*a".repeat(1_000), "a".repeat(3_000))).toBe(true);
    expect(matchesGlob(`${"*a".repeat(1_000)}b`, "a".repeat(3_000))).toBe(false);
  });
});
