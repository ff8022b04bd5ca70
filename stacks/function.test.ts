import { describe, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { secretNames } from "./secrets.ts";
import { settingsOf } from "./stage.ts";
import { synthesise } from "./test/synthesise.ts";
import { functionsOf } from "./test/templates.ts";

const { api } = synthesise("anna");

describe.each(functionsOf(api, "anna-gatehouse-"))("$name", ({ name, properties }) => {
  test("runs on ARM with the memory it needs", () => {
    expect(properties.Architectures).toEqual(["arm64"]);
    expect(properties.MemorySize).toBe(needs[name as keyof typeof needs].memoryMb);
  });

  test("ends before the gateway gives up, on an authorizer too", () => {
    expect(properties.Timeout).toBeLessThan(10);
  });

  test("is told where the secrets are and none of them", () => {
    const { Variables } = properties.Environment;
    expect(Variables["SECRETS"]).toBe("ssm:/sst/gatehouse/anna/Secret");
    expect(Object.keys(Variables).sort()).toEqual([
      "ALLOWED_ORIGINS",
      "AUDIENCE",
      "AWS_NODEJS_CONNECTION_REUSE_ENABLED",
      "ISSUER",
      "SECRETS",
      "SST_APP",
      "SST_SSM_PREFIX",
      "SST_STAGE",
      "STAGE",
      "TABLE_NAME",
    ]);
    for (const secret of secretNames) expect(JSON.stringify(Variables)).not.toContain(secret);
  });

  test("knows its stage, its table, its issuer and the origins it may answer", () => {
    expect(properties.Environment.Variables).toMatchObject({
      STAGE: "anna",
      AUDIENCE: "gatehouse",
      TABLE_NAME: { "Fn::ImportValue": expect.stringContaining("anna-gatehouse-Storage") },
      ISSUER: { "Fn::GetAtt": [expect.stringMatching(/^Api/), "ApiEndpoint"] },
      ALLOWED_ORIGINS: settingsOf("anna").allowedOrigins.join(","),
    });
  });

  test("has a log of its own that ends", () => {
    const group = api.findResources("AWS::Logs::LogGroup")[properties.LoggingConfig.LogGroup.Ref];
    expect(group?.["Properties"]).toEqual({ RetentionInDays: 7 });
  });
});
