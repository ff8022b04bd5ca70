import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { readQuestion } from "./question.ts";

const numRuns = 1000;
const fields = ["routeArn", "methodArn"] as const;

const letters = (pattern: RegExp) => fc.stringMatching(pattern);
const stages = fc
  .record({
    partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
    region: letters(/^[a-z]{2}-[a-z]{4,9}-\d$/),
    account: letters(/^\d{12}$/),
    api: letters(/^[a-z0-9]{10}$/),
    stage: fc.oneof(fc.constant("$default"), letters(/^[\w-]{1,128}$/)),
  })
  .map(
    ({ partition, region, account, api, stage }) =>
      `arn:${partition}:execute-api:${region}:${account}:${api}/${stage}`,
  );
const methods = fc.constantFrom("GET", "POST", "DELETE", "ANY", "*", "");
/** Of slashes, colons, stars, dots and whole ARNs too. */
const paths = fc.oneof(
  anyText(),
  fc
    .array(fc.constantFrom("/", ":", "*", "..", "?", "%2F", "admin", "arn:aws:execute-api:"), {
      maxLength: 9,
    })
    .map((parts) => parts.join("")),
  stages,
);

describe("property: the ARN that is asked about", () => {
  it("names its own stage, whatever the method and the path", () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), stages, methods, paths, (field, stage, method, path) => {
        expect(readQuestion({ [field]: `${stage}/${method}/${path}` }).stage).toBe(stage);
      }),
      { numRuns },
    );
  });

  it("with anything else in it names a stage that it begins with, without a wildcard, or none", () => {
    const edits = fc.record({
      at: fc.nat(),
      gone: fc.nat({ max: 5 }),
      added: fc.oneof(fc.constantFrom("*", "?", "$", "$*", "/", ":", "\n"), anyText()),
    });
    fc.assert(
      fc.property(stages, paths, edits, (stage, path, { at, gone, added }) => {
        const whole = `${stage}/GET/${path}`;
        const start = at % whole.length;
        const arn = whole.slice(0, start) + added + whole.slice(start + gone);
        const found = readQuestion({ routeArn: arn }).stage;
        if (found === undefined) return;
        expect(arn.startsWith(`${found}/`)).toBe(true);
        expect(found).toMatch(/^arn:aws[\w-]*:execute-api:[\w-]+:\d+:[\w-]+\/[\w$.-]+$/);
      }),
      { numRuns },
    );
  });

  it("that is any other text, or no text, names none", () => {
    const other = fc.oneof(anyText(), fc.anything());
    fc.assert(
      fc.property(fc.constantFrom(...fields), other, (field, arn) => {
        expect(readQuestion({ [field]: arn }).stage).toBeUndefined();
      }),
      { numRuns },
    );
  });
});

describe("property: no event whatever", () => {
  it("makes the reading throw", () => {
    fc.assert(
      fc.property(fc.anything(), (event) => {
        expect(Object.keys(readQuestion(event)).toSorted()).toEqual(["credentials", "requestId", "stage"]);
      }),
      { numRuns },
    );
  });

  it("of the right names and any values makes it throw, or answer credentials that are no text of it", () => {
    const names = ["type", "authorizationToken", "identitySource", "headers", "multiValueHeaders", ...fields];
    const value = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.dictionary(fc.mixedCase(fc.constant("authorization")), fc.anything()),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (event) => {
        const { credentials } = readQuestion(event);
        if (credentials !== undefined) expect(textsOf(event)).toContain(credentials);
      }),
      { numRuns },
    );
  });
});

/** Every text that stands anywhere in a value. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
