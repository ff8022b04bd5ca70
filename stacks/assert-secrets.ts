import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { App } from "sst/constructs";
import { useAWSClient } from "sst/credentials.js";
import { VisibleError } from "sst/error.js";
import { missingSecrets } from "./missing-secrets.ts";
import { secretNames } from "./secrets.ts";

/**
 * Refuses to bring up a stage that lacks a secret. `npm run deploy` has looked before;
 * this is for whoever calls `sst` itself, and asks with the credentials and the region that `sst` was given.
 *
 * @throws VisibleError, of which SST shows the message and no stack, with the command that makes what lacks.
 */
export async function assertSecrets(app: App): Promise<void> {
  // A build has the mode of a deploy, and needs no secret.
  const isDeploy = app.mode === "deploy" && process.argv.includes("deploy");
  if (!isDeploy && app.mode !== "dev") return;
  const nameOf = (name: string) => `/sst/${app.name}/${app.stage}/Secret/${name}/value`;
  const command = new GetParametersCommand({ Names: secretNames.map(nameOf) });
  const { Parameters = [] } = await useAWSClient(SSMClient).send(command);
  const known = new Set(Parameters.map(({ Name }) => Name));
  const found = secretNames.filter((name) => known.has(nameOf(name)));
  const missing = missingSecrets(app, secretNames, found);
  if (missing !== undefined) throw new VisibleError(missing);
}
