import { scopes } from "@gatehouse/contract";
import fc from "fast-check";
import { expect, it } from "vitest";
import { anyText } from "../../../core/test/any-text.ts";
import { allow } from "./policy-document.ts";

const numRuns = 500;
const stage = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/$default";

const word = fc.oneof(
  fc.constantFrom(...Object.keys(scopes), "admin", "Admin", "*", "__proto__"),
  fc.string(),
);
const lists = fc.array(word, { maxLength: 12 });

function resources(scope: string, effect: "Allow" | "Deny"): string[] {
  return allow(stage, scope).Statement.flatMap((statement) =>
    statement.Effect === effect ? ((statement as { Resource: string[] }).Resource ?? []) : [],
  );
}

it("property: the policy of any scope whatever is of its own stage alone, and denies no less than admin paths", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyText(),
        lists.map((words) => words.join(" ")),
      ),
      (scope) => {
        const [allowed, denied] = [resources(scope, "Allow"), resources(scope, "Deny")];
        expect(allowed).toEqual([`${stage}/*/*`]);
        for (const resource of denied) expect(resource.startsWith(`${stage}/`)).toBe(true);
        const isAdmin = scope.split(" ").includes("admin");
        expect(denied.includes(`${stage}/*/admin/*`)).toBe(!isAdmin);
      },
    ),
    { numRuns },
  );
});

it("property: a scope more denies nothing more, and one less allows nothing more", () => {
  fc.assert(
    fc.property(lists, word, (words, another) => {
      const fewer = resources(words.join(" "), "Deny");
      const more = resources([...words, another].join(" "), "Deny");
      expect(more.filter((resource) => !fewer.includes(resource))).toEqual([]);
    }),
    { numRuns },
  );
});
