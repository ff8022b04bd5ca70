import { Config } from "sst/config.js";
import { getStack } from "sst/constructs";
import { expect, test } from "vitest";
import { Secrets, secretNames } from "./secrets.ts";
import { synthesise } from "./test/synthesise.ts";

test("a function reads a secret where `sst secrets set` writes it", () => {
  const { api } = synthesise("anna");
  for (const id of secretNames) {
    const path = Config.pathFor({ type: "Secret", id, prop: "value" });
    expect(JSON.stringify(api.toJSON())).toContain(`parameter${path}"`);
  }
});

test("SST knows every secret by name, so that `sst secrets list` shows what is missing", () => {
  synthesise("anna");
  const declared = getStack(Secrets).node.children.map(({ node }) => node.id);
  expect(declared).toEqual(expect.arrayContaining([...secretNames]));
});

test("the template of the secrets holds no parameter, and so no value", () => {
  synthesise("anna").secrets.resourceCountIs("AWS::SSM::Parameter", 0);
});
