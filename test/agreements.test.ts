/** What rooms that may not import each other must say alike. */
import { readConfig } from "@gatehouse/core/config";
import { secretNames } from "@gatehouse/core/secrets";
import { expect, it } from "vitest";
import { secretNames as deployedSecrets } from "../stacks/secrets.ts";
import { settingsOf } from "../stacks/stage.ts";

it("the stacks deploy the secrets that core reads", () => {
  expect([...deployedSecrets].sort()).toEqual([...secretNames].sort());
});

it.each(["prod", "anna"])("what the stage %s sets for its functions is what core takes", (stage) => {
  const { functionSettings, allowedOrigins } = settingsOf(stage);
  const environment = {
    ...functionSettings,
    STAGE: stage,
    TABLE_NAME: "table",
    ISSUER: "https://api.example.com",
    AUDIENCE: "gatehouse",
    SECRETS: `ssm:/sst/gatehouse/${stage}/Secret`,
    ALLOWED_ORIGINS: allowedOrigins.join(","),
  };
  expect(readConfig(environment).allowedOrigins).toEqual(allowedOrigins);
});
