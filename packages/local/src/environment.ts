import { readConfig } from "@gatehouse/core/config";
import { ConfigError } from "@gatehouse/core/error";
import { localAccount } from "./database/client.ts";

export const tableName = "gatehouse-local";

/** The settings a developer may make in the shell before `npm start`. The rest follows from where it runs. */
const settings = [
  "AUDIENCE",
  "DYNAMODB_CLIENT",
  "ALLOWED_ORIGINS",
  "SECRETS_CACHE_SECONDS",
  "ACCESS_TOKEN_SECONDS",
  "SESSION_SECONDS",
  "SESSION_IDLE_SECONDS",
  "COOKIE_SAME_SITE",
  "PASSWORD_HASH",
  "PASSWORD_COST",
  "PASSWORD_MIN_LENGTH",
  "BREACHED_PASSWORD_CHECK",
  "BREACHED_PASSWORD_URL",
  "APP_URL",
  "APP_NAME",
  "MAIL_FROM",
  "MAIL_CONFIGURATION_SET",
  "CONCEAL_ACCOUNTS",
  "REQUIRE_VERIFIED_EMAIL",
  "SOURCE_LIMIT_PER_HOUR",
  "SOURCE_FAILURES_PER_HOUR",
  "FAILURES_PER_MINUTE",
  "EVENT_RETENTION_SECONDS",
  "LOG_LEVEL",
];

export type Environment = Readonly<Record<string, string | undefined>>;

interface Surroundings {
  /** Of the gateway, without a trailing slash. */
  readonly url: string;
  readonly databaseEndpoint: string;
  readonly secretsFile: string;
  readonly queueUrl: string;
  /** Of what stands in for SQS and SES. */
  readonly awsEndpoint: string;
}

/**
 * The environment of every function, as the stack would set it.
 *
 * @throws ConfigError naming the first setting that is wrong and what it should be.
 */
export function functionEnvironment(
  environment: Environment,
  { url, databaseEndpoint, secretsFile, queueUrl, awsEndpoint }: Surroundings,
): Record<string, string> {
  const chosen = settings.flatMap((key) => {
    const value = environment[key];
    return value ? [[key, value] as const] : [];
  });
  const complete = {
    ...localAccount,
    AUDIENCE: "gatehouse",
    // Where Vite serves a frontend, and pages of this address itself.
    ALLOWED_ORIGINS: `http://localhost:5173,${url}`,
    // The account pages, at the API's own address.
    APP_URL: url,
    MAIL_FROM: "gatehouse@localhost.localdomain",
    // Everybody who comes here is one source.
    SOURCE_LIMIT_PER_HOUR: "10000",
    SOURCE_FAILURES_PER_HOUR: "10000",
    ...Object.fromEntries(chosen),
    STAGE: "local",
    TABLE_NAME: tableName,
    DYNAMODB_ENDPOINT: databaseEndpoint,
    ISSUER: url,
    SECRETS: `file:${secretsFile}`,
    JOB_QUEUE_URL: queueUrl,
    SQS_ENDPOINT: awsEndpoint,
    SES_ENDPOINT: awsEndpoint,
    MAIL_TRANSPORT: "ses",
  };
  readConfig(complete);
  return complete;
}

/**
 * How long the gateway keeps an answer of the authorizer: `AUTHORIZER_CACHE_SECONDS`, 60 where it is not set.
 *
 * @throws ConfigError where it is more than API Gateway allows (API Gateway guide, "HTTP API Lambda authorizers").
 */
export function authorizerCacheSeconds(environment: Environment): number {
  const value = environment["AUTHORIZER_CACHE_SECONDS"] || "60";
  if (/^\d{1,4}$/.test(value) && Number(value) <= 3600) return Number(value);
  throw new ConfigError("AUTHORIZER_CACHE_SECONDS", "should be a whole number from 0 to 3600");
}
