import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { KeyPrefix, Need, TableAction } from "./needs.ts";

/** A function's grants on the table: one for each set of partition keys, with the actions that may be about these. */
export function tableGrants(table: Need["table"], tableArn: string): PolicyStatement[] {
  const byKeys = new Map<string, PolicyStatement>();
  for (const [action, prefixes] of Object.entries(table) as [TableAction, readonly KeyPrefix[]][]) {
    const patterns = prefixes.map(patternOf).toSorted();
    const known = byKeys.get(patterns.join());
    const grant = known ?? new PolicyStatement({ resources: [tableArn], conditions: aboutOnly(patterns) });
    grant.addActions(`dynamodb:${action}`);
    byKeys.set(patterns.join(), grant);
  }
  return [...byKeys.values()];
}

function patternOf(prefix: KeyPrefix): string {
  return prefix.endsWith("#") ? `${prefix}*` : prefix;
}

/** `ForAllValues` holds for no keys at all as well, so there must be some (IAM guide, "Multivalued context keys"). */
function aboutOnly(patterns: readonly string[]) {
  return {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": patterns },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}
