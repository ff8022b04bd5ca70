import { Config, type StackContext } from "sst/constructs";

/** What `packages/core/src/secrets.ts` reads. Stacks do not import core, so the names stand here too. */
export const secretNames = [
  "PASSWORD_PEPPER",
  "REFRESH_KEY",
  "CODE_KEY",
  "AUDIT_KEY",
  "SIGNING_KEYS",
  "VERIFICATION_KEYS",
] as const;

export type SecretName = (typeof secretNames)[number];

/**
 * The secrets' places. Their values come from outside (`sst secrets set`) and are in no template: a function
 * is told `source`, is granted `parameterArn` for those it needs, and reads them from SSM when it runs.
 */
export function Secrets({ app, stack }: StackContext) {
  const path = `/sst/${app.name}/${app.stage}/Secret`;
  Config.Secret.create(stack, ...secretNames);

  return {
    source: `ssm:${path}`,
    parameterArn: (name: SecretName) =>
      stack.formatArn({ service: "ssm", resource: `parameter${path}/${name}/value` }),
  };
}
