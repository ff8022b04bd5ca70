/** The secrets of a laptop or of a stage, by name, wherever they are kept. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  DeleteParametersCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { type SecretName, secretNames } from "@gatehouse/core/secrets";

export type Secrets = Readonly<Partial<Record<SecretName, string>>>;

export interface SecretStore {
  /** Where it is, for the person at the terminal. */
  readonly place: string;
  /** @throws SecretStoreError */
  read(): Promise<Secrets>;
  /**
   * Stores one secret, whole or not at all. One that the last `read` did not find is only added: had somebody else
   * made it meanwhile, theirs stays.
   *
   * @throws SecretStoreError
   */
  write(name: SecretName, value: string): Promise<void>;
}

/** A stage's. */
export interface ParameterStore extends SecretStore {
  /** Removes every secret, whether or not it is there. @throws SecretStoreError */
  clear(): Promise<void>;
}

/** What is wrong, in one line for the person at the terminal, and never with a secret in it. */
export class SecretStoreError extends Error {
  override readonly name = "SecretStoreError";
}

/** The file in a data directory that `npm start` reads. A house that runs takes up a change by itself. */
export function openSecretFile(directory: string): SecretStore {
  const file = join(resolve(directory), "secrets.json");
  let known: Secrets = {};

  async function load(): Promise<Secrets> {
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}";
      throw new SecretStoreError(`The secrets in ${file} cannot be read: ${error.message}`);
    });
    const secrets = parse(text);
    if (!secrets) throw new SecretStoreError(`The secrets in ${file} are damaged: put a good copy there`);
    return secrets;
  }

  return {
    place: file,
    async read() {
      known = await load();
      return known;
    },
    async write(name, value) {
      const secrets = await load();
      if (secrets[name] !== undefined && known[name] === undefined) throw madeMeanwhile(name, file);
      await replace(file, `${JSON.stringify({ ...secrets, [name]: value }, undefined, 2)}\n`).catch(
        (error) => {
          throw new SecretStoreError(`The secrets in ${file} cannot be written: ${error.message}`);
        },
      );
    },
  };
}

/**
 * The SSM parameters of a stage, as `sst secrets set` stores them: `/sst/gatehouse/<stage>/Secret/<name>/value`.
 *
 * @param region as sst.config.ts decides it where it is undefined.
 * @throws SecretStoreError where the stage's name is none.
 */
export function openParameterStore(stage: string, region?: string): ParameterStore {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(stage)) {
    throw new SecretStoreError(
      "A stage's name is made of letters, digits and hyphens, and begins with a letter",
    );
  }
  const where = regionOf(region);
  const place = `stage ${stage} in ${where}`;
  const ssm = new SSMClient({ region: where });
  const parameterOf = (name: SecretName) => `/sst/gatehouse/${stage}/Secret/${name}/value`;
  let known: Secrets = {};

  return {
    place,
    async read() {
      const command = new GetParametersCommand({ Names: secretNames.map(parameterOf), WithDecryption: true });
      const { Parameters = [] } = await ssm.send(command).catch(explain);
      const values = new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
      known = Object.fromEntries(
        secretNames.flatMap((name) => {
          const value = values.get(parameterOf(name));
          return value === undefined ? [] : [[name, value]];
        }),
      );
      return known;
    },
    async write(name, value) {
      const command = new PutParameterCommand({
        Name: parameterOf(name),
        Value: value,
        Type: "SecureString",
        // A ring of RSA keys is longer than the 4 KB of a standard parameter, and fits the 8 KB of an advanced one.
        Tier: "Intelligent-Tiering",
        Overwrite: known[name] !== undefined,
      });
      await ssm.send(command).catch((error: Error) => {
        if (error.name === "ParameterAlreadyExists") throw madeMeanwhile(name, place);
        return explain(error);
      });
    },
    async clear() {
      await ssm.send(new DeleteParametersCommand({ Names: secretNames.map(parameterOf) })).catch(explain);
    },
  };
}

/** Where a stage is, as sst.config.ts decides it. */
export function regionOf(region?: string): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return region ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}

function madeMeanwhile(name: SecretName, place: string): SecretStoreError {
  return new SecretStoreError(`${name} of ${place} was made by somebody else meanwhile, and is kept`);
}

function parse(text: string): Secrets | undefined {
  try {
    const secrets: unknown = JSON.parse(text);
    if (typeof secrets !== "object" || secrets === null || Array.isArray(secrets)) return undefined;
    return Object.values(secrets).every((value) => typeof value === "string") ? secrets : undefined;
  } catch {
    return undefined;
  }
}

/** Renaming a finished file: a reader sees the old one or the new one, and so does whoever starts after a crash. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** What AWS did not answer, in one line. */
export function explain(error: Error & { code?: unknown }): never {
  if (error.name === "CredentialsProviderError") {
    const settings = "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
    throw new SecretStoreError(`There are no AWS credentials. ${settings}`);
  }
  // What Node says of several addresses that all refused has a code and no message.
  const reason = `${error.name}: ${error.message || error.code}`;
  throw new SecretStoreError(`AWS did not answer: ${reason.replaceAll("\n", " ")}`);
}
