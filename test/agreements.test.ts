/** What rooms that may not import each other must say alike. */
import { readConfig } from "@gatehouse/core/config";
import { secretNames } from "@gatehouse/core/secrets";
import { describe, expect, it } from "vitest";
import { mailEnvironment, stageEnvironment } from "../stacks/environment.ts";
import { secretNames as deployedSecrets } from "../stacks/secrets.ts";
import { settingsOf } from "../stacks/stage.ts";

it("the stacks deploy the secrets that core reads", () => {
  expect([...deployedSecrets].sort()).toEqual([...secretNames].sort());
});

describe.each(["prod", "staging", "anna"])("what the stage %s sets", (stage) => {
  const settings = settingsOf(stage);
  const forEach = {
    ...stageEnvironment(settings),
    STAGE: stage,
    TABLE_NAME: "table",
    ISSUER: "https://api.example.com",
    AUDIENCE: "gatehouse",
    SECRETS: `ssm:/sst/gatehouse/${stage}/Secret`,
  };

  it("for its functions is what core takes", () => {
    expect(readConfig(forEach)).toMatchObject({
      allowedOrigins: settings.allowedOrigins,
      appUrl: settings.appUrl ?? "https://api.example.com",
      concealAccounts: settings.concealAccounts,
      requireVerifiedEmail: settings.requireVerifiedEmail,
    });
  });

  it("for its worker is what core takes", () => {
    const { mail } = settings;
    expect(readConfig({ ...forEach, ...mailEnvironment(mail) })).toMatchObject({
      mailTransport: mail.transport,
      mailFrom: mail.transport === "ses" ? mail.from : undefined,
    });
  });
});

it("a stage that only wants emails verified conceals nothing", () => {
  const settings = { ...settingsOf("anna"), concealAccounts: false, requireVerifiedEmail: true };
  const rest = {
    STAGE: "anna",
    TABLE_NAME: "table",
    ISSUER: "https://api.example.com",
    AUDIENCE: "gatehouse",
  };
  const environment = { ...stageEnvironment(settings), ...rest, SECRETS: "ssm:/sst/gatehouse/anna/Secret" };
  expect(readConfig(environment)).toMatchObject({ concealAccounts: false, requireVerifiedEmail: true });
});
