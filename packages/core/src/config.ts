import { limits } from "@gatehouse/contract";
import type { LogLevel } from "./log-entry.ts";
import { choice, type Environment, integer, isOn, limit, origins, privateUrl, text, url } from "./setting.ts";

/**
 * The only reader of the environment, and as long as there are settings. Everything is checked on first use and frozen;
 * a wrong value throws a `ConfigError` naming the key and what it should be. Each key has its row in docs/operations.md.
 */
export interface Config {
  readonly stage: string;
  readonly tableName: string;
  /** Another DynamoDB than the region's, for example the local one. */
  readonly dynamodbEndpoint: string | undefined;
  /** `sdk` has the AWS SDK ask DynamoDB in place of the slim client (docs/decisions/0027-dynamodb-client.md). */
  readonly dynamodbClient: "slim" | "sdk";
  /** The `iss` of every token and the base of every link (RFC 9068 section 2.2). No trailing slash. */
  readonly issuer: string;
  /** The `aud` of every access token: the identifier of the API that tokens are for. */
  readonly audience: string;
  /** Where the secrets are: `ssm:/path/prefix` or `file:/path`. */
  readonly secrets: string;
  readonly secretsCacheSeconds: number;
  readonly accessTokenSeconds: number;
  /** The longest a session lasts, however often it is refreshed. */
  readonly sessionSeconds: number;
  /** How long a session lasts without being refreshed. */
  readonly sessionIdleSeconds: number;
  /** `SameSite` of the refresh cookie: `None` only where the frontend is of another site than the API. */
  readonly cookieSameSite: SameSite;
  /** How new hashes of passwords are made; those of the other kind are made anew at the next log-in. */
  readonly passwordHash: PasswordHash;
  /** bcrypt's cost: the base-2 logarithm of its rounds. */
  readonly passwordCost: number;
  /** In Unicode code points. */
  readonly passwordMinLength: number;
  /** Whether new passwords are looked up among those of known breaches, at Have I Been Pwned or a mirror of it. */
  readonly breachedPasswordCheck: "off" | "hibp";
  /** Where they are looked up. No trailing slash. */
  readonly breachedPasswordUrl: string;
  /** Exact origins that may read answers in a browser. */
  readonly allowedOrigins: readonly string[];
  /** Base of the links in mails: where the frontend's pages are. No trailing slash. */
  readonly appUrl: string;
  /** What mails call the product. */
  readonly appName: string;
  /** Where jobs are queued; only what queues them is told. */
  readonly jobQueueUrl: string | undefined;
  /** Another SQS than the region's, for example the local queue. */
  readonly sqsEndpoint: string | undefined;
  /** `console` writes mails to the worker's log, for a stage where nobody but its owner reads it. */
  readonly mailTransport: MailTransport;
  /** Whom mails are from; only what sends them is told. */
  readonly mailFrom: string | undefined;
  /** What SES sends mails under, and tells of what becomes of them; only what sends them is told. */
  readonly mailConfigurationSet: string | undefined;
  /** Another SES than the region's, for example the local mailbox. */
  readonly sesEndpoint: string | undefined;
  /** How often one source may register or have mail sent, within an hour. */
  readonly sourceLimitPerHour: number;
  /** After how many wrong passwords within an hour a source is shut out of the accounts it never logged in to. */
  readonly sourceFailuresPerHour: number;
  /** After how many wrong passwords within a minute everybody is shut out of the accounts they never logged in to. */
  readonly failuresPerMinute: number;
  /** How long an event stays on record. */
  readonly eventRetentionSeconds: number;
  /** Whether registration answers alike for a taken and for a free email. */
  readonly concealAccounts: boolean;
  /** Whether an email must be verified before the first log-in. Always where accounts are concealed: that log-in would tell. */
  readonly requireVerifiedEmail: boolean;
  /** What is less than this is not logged. Refusals and failures of the authorizer always are. */
  readonly logLevel: LogLevel;
}

const sameSites = ["Lax", "Strict", "None"] as const;

type SameSite = (typeof sameSites)[number];

const mailTransports = ["ses", "console"] as const;

type MailTransport = (typeof mailTransports)[number];

const logLevels = ["INFO", "WARN", "ERROR"] as const satisfies readonly LogLevel[];

/** That of Lambda's own logging controls goes before ours (Lambda guide, "Configuring advanced logging controls"). */
const lambdasLevels = new Map<string | undefined, LogLevel>([
  ["TRACE", "INFO"],
  ["DEBUG", "INFO"],
  ["INFO", "INFO"],
  ["WARN", "WARN"],
  ["ERROR", "ERROR"],
  ["FATAL", "ERROR"],
]);

const passwordHashes = ["bcrypt", "argon2id"] as const;

type PasswordHash = (typeof passwordHashes)[number];

/** Reads and checks a whole environment. Pure, so that a test can hand it any. */
export function readConfig(env: Environment): Config {
  return Object.freeze({
    stage: text(env, "STAGE", { pattern: /^[a-zA-Z0-9-]{1,64}$/, what: "letters, digits and hyphens" }),
    tableName: text(env, "TABLE_NAME", {
      pattern: /^[\w.-]{3,255}$/,
      what: "the name of the DynamoDB table",
    }),
    dynamodbEndpoint: env["DYNAMODB_ENDPOINT"] ? url(env, "DYNAMODB_ENDPOINT") : undefined,
    dynamodbClient: choice(env, "DYNAMODB_CLIENT", ["slim", "sdk"]),
    issuer: url(env, "ISSUER"),
    audience: text(env, "AUDIENCE", {
      pattern: /^\S{1,255}$/,
      what: "the identifier of this API, without spaces",
    }),
    secrets: text(env, "SECRETS", {
      pattern: /^(?:ssm:\/[\w./-]+|file:\/.+)$/,
      what: "ssm:/a/parameter/prefix or file:/an/absolute/path",
    }),
    secretsCacheSeconds: integer(env, "SECRETS_CACHE_SECONDS", { min: 0, max: 3600, otherwise: 300 }),
    accessTokenSeconds: integer(env, "ACCESS_TOKEN_SECONDS", { min: 60, max: 3600, otherwise: 900 }),
    sessionSeconds: integer(env, "SESSION_SECONDS", { min: 60, max: 34_560_000, otherwise: 2_592_000 }),
    sessionIdleSeconds: integer(env, "SESSION_IDLE_SECONDS", {
      min: 60,
      max: 34_560_000,
      otherwise: 1_209_600,
    }),
    cookieSameSite: choice(env, "COOKIE_SAME_SITE", sameSites),
    passwordHash: choice(env, "PASSWORD_HASH", passwordHashes),
    passwordCost: integer(env, "PASSWORD_COST", { min: 10, max: 16, otherwise: 10 }),
    passwordMinLength: integer(env, "PASSWORD_MIN_LENGTH", { min: 8, max: 64, otherwise: 8 }),
    breachedPasswordCheck: choice(env, "BREACHED_PASSWORD_CHECK", ["off", "hibp"]),
    breachedPasswordUrl: env["BREACHED_PASSWORD_URL"]
      ? privateUrl(env, "BREACHED_PASSWORD_URL")
      : "https://api.pwnedpasswords.com",
    allowedOrigins: origins(env, "ALLOWED_ORIGINS"),
    appUrl: url(env, env["APP_URL"] ? "APP_URL" : "ISSUER"),
    appName: env["APP_NAME"] ? text(env, "APP_NAME", appNames) : "Gatehouse",
    jobQueueUrl: env["JOB_QUEUE_URL"] ? url(env, "JOB_QUEUE_URL") : undefined,
    sqsEndpoint: env["SQS_ENDPOINT"] ? url(env, "SQS_ENDPOINT") : undefined,
    mailTransport: choice(env, "MAIL_TRANSPORT", mailTransports),
    mailFrom: env["MAIL_FROM"] ? text(env, "MAIL_FROM", addresses) : undefined,
    mailConfigurationSet: env["MAIL_CONFIGURATION_SET"]
      ? text(env, "MAIL_CONFIGURATION_SET", configurationSets)
      : undefined,
    sesEndpoint: env["SES_ENDPOINT"] ? url(env, "SES_ENDPOINT") : undefined,
    sourceLimitPerHour: limit(env, "SOURCE_LIMIT_PER_HOUR", limits.mail.sourcePerHour),
    sourceFailuresPerHour: limit(env, "SOURCE_FAILURES_PER_HOUR", limits.password.sourcePerHour),
    failuresPerMinute: limit(env, "FAILURES_PER_MINUTE", limits.password.allPerMinute),
    eventRetentionSeconds: integer(env, "EVENT_RETENTION_SECONDS", {
      min: 86_400,
      max: 315_360_000,
      otherwise: 34_560_000,
    }),
    concealAccounts: isOn(env, "CONCEAL_ACCOUNTS"),
    requireVerifiedEmail: isOn(env, "REQUIRE_VERIFIED_EMAIL") || isOn(env, "CONCEAL_ACCOUNTS"),
    logLevel: lambdasLevels.get(env["AWS_LAMBDA_LOG_LEVEL"]) ?? choice(env, "LOG_LEVEL", logLevels),
  });
}

const appNames = {
  pattern: /^[^\p{C}\p{Z}](?:[^\p{C}]{0,62}[^\p{C}\p{Z}])?$/u,
  what: "a name of up to 64 characters",
};

const addresses = {
  pattern: /^[^\s@<>"(),;:\\]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.)*[a-zA-Z0-9-]{1,63}$/,
  what: "an email address",
};

const configurationSets = {
  pattern: /^[\w-]{1,64}$/,
  what: "the name of an SES configuration set: letters, digits, _ and -",
};

let current: Config | undefined;

/** What an AWS client reads that is no setting of ours: its region and credentials, as they are now. */
export const surroundings = (): Environment => process.env;

/** The settings of this process. Throws a `ConfigError` where one is missing or wrong. */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}

/** Forgets what was read, so that a test may change the environment. */
export function forgetConfig(): void {
  current = undefined;
}
