import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { missingSecrets } from "../../stacks/missing-secrets.ts";
import { explain, openParameterStore, regionOf, SecretStoreError } from "../secret-store.ts";

/** What `deploy`, `dev:aws` and `remove` are told; the rest of the line is for SST. */
export interface StageOptions {
  readonly stage: string | undefined;
  readonly region: string;
  readonly yes: boolean;
  /** As it was given, but for the options above. */
  readonly rest: readonly string[];
}

/**
 * Reads a command line; undefined where it asks for help, or an option that needs a value has none. `--profile` is put into
 * the environment, so that AWS is asked as the same one here as by SST.
 */
export function readStageOptions(args: readonly string[]): StageOptions | undefined {
  let [stage, region]: (string | undefined)[] = [];
  let yes = false;
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [name, inline] = (args[index] ?? "").split(/=(.*)/s);
    if (name === "--help") return undefined;
    if (name === "--yes") yes = true;
    else if (name === "--stage" || name === "--region" || name === "--profile") {
      const value = inline ?? args[++index];
      if (!value || value.startsWith("-")) return undefined;
      if (name === "--stage") stage = value;
      else if (name === "--region") region = value;
      else useProfile(value);
    } else rest.push(args[index] ?? "");
  }
  return { stage, region: regionOf(region), yes, rest };
}

/** For this process and for SST. Keys in the environment are put aside: SST would take them, and not the profile. */
function useProfile(name: string): void {
  process.env["AWS_PROFILE"] = name;
  for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
    delete process.env[key];
}

/**
 * The account that the credentials of this terminal are of. SST itself says nothing where there are none, and exits 0.
 *
 * @throws SecretStoreError in one line for the person at the terminal.
 */
export async function accountOf(region: string): Promise<string> {
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand()).catch(explain);
  return String(Account);
}

/** @throws SecretStoreError that names what a stage lacks, and the command that makes it. */
export async function assertSecrets(stage: string, region: string, names: readonly string[]): Promise<void> {
  const known = Object.keys(await openParameterStore(stage, region).read());
  const missing = missingSecrets({ stage, region }, names, known);
  if (missing !== undefined) throw new SecretStoreError(missing);
}
