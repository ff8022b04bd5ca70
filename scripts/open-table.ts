import { fileURLToPath } from "node:url";
import { GetParameterCommand, ParameterNotFound, SSMClient } from "@aws-sdk/client-ssm";
import { type OpenTable, openLocalTable } from "../packages/local/src/open-table.ts";
import { explain, regionOf, SecretStoreError } from "./secret-store.ts";

/** Where a script looks: a stage, or without one the data of this laptop. */
export interface Where {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly data?: string | undefined;
}

/** The data directory of `npm start` where nothing else is said. */
export const ownData = fileURLToPath(new URL("../.data", import.meta.url));

/**
 * Opens the table of a stage or of this laptop and tells `packages/core` of it, which must be imported after that: it
 * reads the environment when it loads. Answers what closes it.
 *
 * @throws SecretStoreError, StartError with one line for the person at the terminal.
 */
export async function openTable({ stage, region, data = ownData }: Where): Promise<() => Promise<void>> {
  const { environment, close } = await (stage === undefined
    ? openLocalTable(data)
    : openStage(stage, regionOf(region)));
  Object.assign(process.env, environment);
  return close;
}

async function openStage(stage: string, region: string): Promise<OpenTable> {
  const ssm = new SSMClient({ region });
  const Name = `/sst/gatehouse/${stage}/Parameter/TABLE_NAME/value`;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name })).catch((error: Error) => {
    if (error instanceof ParameterNotFound)
      throw new SecretStoreError(`Stage ${stage} in ${region} has no table: it is not deployed`);
    return explain(error);
  });
  ssm.destroy();
  const environment = {
    AWS_REGION: region,
    STAGE: stage,
    TABLE_NAME: String(Parameter?.Value),
    SECRETS: `ssm:/sst/gatehouse/${stage}/Secret`,
    AUDIENCE: "gatehouse",
    // A person has a profile, or SSO, which the slim client does not look for.
    DYNAMODB_CLIENT: "sdk",
    // A script signs nothing and links nowhere.
    ISSUER: "http://localhost:9",
  };
  return { environment, close: async () => {} };
}
