/** A second opinion on who reads which secret, beside stacks/needs.ts. */
import { expect, test } from "vitest";
import { functions, resourcesOf, stage } from "./test/granted.ts";
import { account, region } from "./test/place.ts";

test.each([
  ["PASSWORD_PEPPER", ["changeEmail", "changePassword", "deleteMe", "login", "register", "resetPassword"]],
  [
    "CODE_KEY",
    [
      "changeEmail",
      "confirmEmail",
      "forgotPassword",
      "register",
      "requestEmailVerification",
      "resetPassword",
      "undoEmailChange",
      "verifyEmail",
      "worker",
    ],
  ],
  // Whoever records. Who only tells of what happened cannot make an event that verifies.
  [
    "AUDIT_KEY",
    [
      "changeEmail",
      "changePassword",
      "confirmEmail",
      "deleteMe",
      "endOtherSessions",
      "endSession",
      "login",
      "logout",
      "refresh",
      "register",
      "resetPassword",
      "verifyEmail",
      "worker",
    ],
  ],
  ["REFRESH_KEY", ["login", "logout", "refresh"]],
  ["SIGNING_KEYS", ["login", "refresh"]],
  ["VERIFICATION_KEYS", ["authorizer", "jwks", "logout", "oauthServerMetadata", "openidConfiguration"]],
])("%s is read by %j only", (secret, readers) => {
  const parameter = `:ssm:${region}:${account}:parameter/sst/gatehouse/${stage}/Secret/${secret}/value`;
  const found = functions.filter((each) =>
    resourcesOf(each).some((resource) => resource.includes(parameter)),
  );
  expect(found.map(({ name }) => name).sort()).toEqual(readers);
});
