import { expect, test } from "vitest";
import { synthesise } from "./test/synthesise.ts";

const tagged = ["AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::Logs::LogGroup"];

/** Tags are a list or, of API Gateway, a map. */
function tagsOf({ Properties }: { readonly [name: string]: { Tags?: unknown } }): Record<string, unknown> {
  const tags = Properties?.Tags ?? [];
  if (!Array.isArray(tags)) return tags as Record<string, unknown>;
  return Object.fromEntries(tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}

test.each([
  ["anna", "destroy"],
  ["staging", "retain"],
  ["prod", "retain"],
])("every resource of %s that can have tags says whose it is", (stage, removal) => {
  const resources = Object.values(synthesise(stage)).flatMap((template) => [
    ...tagged.flatMap((type) => Object.values(template.findResources(type))),
    ...Object.values(template.findResources("AWS::ApiGatewayV2::Api")),
    ...Object.values(template.findResources("AWS::ApiGatewayV2::Stage")),
  ]);
  expect(resources.length).toBeGreaterThan(50);
  for (const resource of resources)
    expect(tagsOf(resource)).toMatchObject({ app: "gatehouse", stage, removal });
});
