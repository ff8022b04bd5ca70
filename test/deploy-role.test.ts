/** The policy that docs/operations.md gives a role of GitHub, held to what SST and our commands ask AWS for. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const root = join(import.meta.dirname, "..");
const operations = readFileSync(join(root, "docs/operations.md"), "utf8");
const policies = [...operations.matchAll(/ {3}```json\n([^`]+)```/g)].map(
  ([, json = ""]) => JSON.parse(json) as { Statement: readonly Statement[] },
);
const permissions = policies.flatMap(({ Statement }) => Statement).filter((each) => !("Principal" in each));
const actionsOf = ({ Action }: Statement) => [Action].flat();

/** What `new CreateStackCommand(` asks for. */
function askedIn(files: readonly string[]): string[] {
  const text = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  return [...new Set([...text.matchAll(/new (\w+)Command\(/g)].map(([, name = ""]) => name))].toSorted();
}

test("a role may ask CloudFormation for whatever SST asks it for, with the role's own credentials", () => {
  const files = ["deploy", "monitor", "remove"].map((name) => `node_modules/sst/stacks/${name}.js`);
  const asked = askedIn(files);
  expect(asked).toContain("UpdateStack");
  const granted = permissions.flatMap(actionsOf);
  expect(asked.filter((name) => !granted.includes(`cloudformation:${name}`))).toEqual([]);
});

test("a role may read and write the parameters that our commands do", () => {
  const asked = askedIn(globSync("scripts/{secret-store,aws/*}.ts", { cwd: root }));
  const granted = permissions.flatMap(actionsOf);
  const ofSsm = asked.filter((name) => name.includes("Parameter"));
  expect(ofSsm).toContain("PutParameter");
  expect(ofSsm.filter((name) => !granted.includes(`ssm:${name}`))).toEqual([]);
});

test("a role changes no stack but its stage's, and hands a role to nobody but CloudFormation", () => {
  for (const statement of permissions) {
    const actions = actionsOf(statement);
    if (actions.some((action) => /^cloudformation:(?:Create|Update|Delete)/.test(action))) {
      expect(statement.Resource).toMatch(/:stack\/<stage>-gatehouse-\*\/\*$/);
    }
    if (actions.includes("iam:PassRole")) {
      expect(statement.Condition).toEqual({
        StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" },
      });
    }
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  }
  expect(permissions.flatMap(actionsOf)).toContain("iam:PassRole");
});
