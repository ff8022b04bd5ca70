/**
 * `node scripts/secrets.ts --stage <stage> [--region <region>]` makes the secrets of a new stage and stores them as
 * `sst secrets set` does. They stand on no command line and in no file; a stage that has any keeps what it has.
 */
import { parseArgs } from "node:util";
import { GetParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { generateSecrets } from "@gatehouse/core/generate-secrets";

const { values } = parseArgs({ options: { stage: { type: "string" }, region: { type: "string" } } });
const { stage } = values;
// As sst.config.ts decides it.
const region = values.region ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1";

if (!stage || !/^[A-Za-z][A-Za-z0-9-]*$/.test(stage)) {
  fail("Usage: node scripts/secrets.ts --stage <letters, digits, hyphens> [--region <region>]");
} else {
  await storeSecrets(stage).catch((error: Error) => {
    fail(
      error.name === "CredentialsProviderError"
        ? "There are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        : `${error.name}: ${error.message}`,
    );
  });
}

async function storeSecrets(stage: string): Promise<void> {
  const ssm = new SSMClient({ region });
  const secrets = Object.entries(generateSecrets()).map(([name, value]) => ({
    Name: `/sst/gatehouse/${stage}/Secret/${name}/value`,
    Value: value,
  }));

  const { Parameters: existing = [] } = await ssm.send(
    new GetParametersCommand({ Names: secrets.map(({ Name }) => Name) }),
  );
  if (existing.length > 0) {
    const names = existing.map(({ Name }) => Name).join(", ");
    return fail(
      `Nothing was stored: ${names} in ${region} would be lost, and with it every password or session.`,
    );
  }

  for (const secret of secrets) {
    // Should another run store it at the same moment, SSM refuses rather than overwrites.
    await ssm.send(new PutParameterCommand({ ...secret, Type: "SecureString", Overwrite: false }));
    console.log(`stored ${secret.Name} in ${region}`);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
