import { describe, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { secretNames } from "./secrets.ts";
import { settingsOf } from "./stage.ts";
import { synthesise } from "./test/synthesise.ts";
import { functionsOf } from "./test/templates.ts";

const { api, mail } = synthesise("anna");

const told = [
  "ALLOWED_ORIGINS",
  "APP_URL",
  "AUDIENCE",
  "AWS_NODEJS_CONNECTION_REUSE_ENABLED",
  "CONCEAL_ACCOUNTS",
  "ISSUER",
  "REQUIRE_VERIFIED_EMAIL",
  "SECRETS",
  "SOURCE_FAILURES_PER_HOUR",
  "SOURCE_LIMIT_PER_HOUR",
  "SST_APP",
  "SST_SSM_PREFIX",
  "SST_STAGE",
  "STAGE",
  "TABLE_NAME",
];

/** What is said to some only. */
const toldBesides: Readonly<Record<string, readonly string[]>> = {
  register: ["JOB_QUEUE_URL"],
  requestEmailVerification: ["JOB_QUEUE_URL"],
  forgotPassword: ["JOB_QUEUE_URL"],
  resetPassword: ["JOB_QUEUE_URL"],
  changePassword: ["JOB_QUEUE_URL"],
  changeEmail: ["JOB_QUEUE_URL"],
  confirmEmail: ["JOB_QUEUE_URL"],
  deleteMe: ["JOB_QUEUE_URL"],
  worker: ["MAIL_TRANSPORT"],
};

const ofApi = functionsOf(api, "anna-gatehouse-").map((each) => ({ ...each, template: api }));
const ofMail = functionsOf(mail, "anna-gatehouse-").map((each) => ({ ...each, template: mail }));

describe.each([...ofApi, ...ofMail])("$name", ({ name, properties, template }) => {
  const { Variables } = properties.Environment;

  test("runs on ARM with the memory it needs", () => {
    expect(properties.Architectures).toEqual(["arm64"]);
    expect(properties.MemorySize).toBe(needs[name as keyof typeof needs].memoryMb);
  });

  test("is told where the secrets are and none of them", () => {
    expect(Variables["SECRETS"]).toBe("ssm:/sst/gatehouse/anna/Secret");
    expect(Object.keys(Variables).sort()).toEqual([...told, ...(toldBesides[name] ?? [])].sort());
    for (const secret of secretNames) expect(JSON.stringify(Variables)).not.toContain(secret);
  });

  test("knows its stage, its table and the stage's settings", () => {
    expect(Variables).toMatchObject({
      STAGE: "anna",
      AUDIENCE: "gatehouse",
      TABLE_NAME: { "Fn::ImportValue": expect.stringContaining("anna-gatehouse-Storage") },
      ALLOWED_ORIGINS: settingsOf("anna").allowedOrigins.join(","),
      APP_URL: settingsOf("anna").appUrl,
      CONCEAL_ACCOUNTS: "false",
      REQUIRE_VERIFIED_EMAIL: "false",
    });
  });

  test("has a log of its own that ends", () => {
    const group = template.findResources("AWS::Logs::LogGroup")[properties.LoggingConfig.LogGroup.Ref];
    expect(group?.["Properties"]).toMatchObject({ RetentionInDays: 7 });
  });
});

describe.each(ofApi)("$name", ({ properties }) => {
  test("ends before the gateway gives up, on an authorizer too", () => {
    expect(properties.Timeout).toBeLessThan(10);
  });

  test("has the nine seconds that its own deadlines are reckoned from", () => {
    expect(properties.Timeout).toBe(9);
  });

  test("knows its issuer: the API's own address", () => {
    expect(properties.Environment.Variables["ISSUER"]).toEqual({
      "Fn::GetAtt": [expect.stringMatching(/^Api/), "ApiEndpoint"],
    });
  });
});

test("what queues jobs knows the queue by its URL", () => {
  for (const { properties } of ofApi.filter(({ name }) => toldBesides[name])) {
    expect(properties.Environment.Variables["JOB_QUEUE_URL"]).toEqual({
      "Fn::ImportValue": expect.stringMatching(/^anna-gatehouse-Queue:ExportsOutputRefJobs/),
    });
  }
});

test("prod asks for a verified email, conceals accounts, and has no address of pages but the API's", () => {
  const [register] = functionsOf(synthesise("prod").api, "prod-gatehouse-").filter(
    ({ name }) => name === "register",
  );
  expect(register?.properties.Environment.Variables).toMatchObject({
    CONCEAL_ACCOUNTS: "true",
    REQUIRE_VERIFIED_EMAIL: "true",
  });
  expect(register?.properties.Environment.Variables).not.toHaveProperty("APP_URL");
});
