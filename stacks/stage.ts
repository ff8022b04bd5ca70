import type { RetentionDays } from "aws-cdk-lib/aws-logs";

/** What differs from stage to stage. Everything else is the same everywhere, so that it is tested everywhere. */
export interface StageSettings {
  /** What happens to the data when the stage is removed. */
  readonly removal: "destroy" | "retain";
  /** Continuous backups of the table: any second of the last 35 days can be restored. */
  readonly pointInTimeRecovery: boolean;
  /** The table refuses to be deleted, by whomever. */
  readonly deletionProtection: boolean;
  /** Exact origins whose pages may call the API. None: no page of another origin may. */
  readonly allowedOrigins: readonly string[];
  /** How long the gateway reuses the authorizer's answer: the longest a revoked session still works. 0 to 3600. */
  readonly authorizerCacheSeconds: number;
  /** Which part of the limits of packages/contract/src/limits.ts API Gateway lets through here: 1 is all of them. */
  readonly throttleShare: number;
  readonly logRetention: Lowercase<keyof typeof RetentionDays>;
  /** `console` writes every mail, and so every link and code, to the worker's log: for a stage with no users. */
  readonly mail: { readonly transport: "console" } | SesMail;
  /** Base of the links in mails: where the frontend's pages are, without a slash at the end. Without it the API's URL. */
  readonly appUrl?: string;
  /**
   * Whether registration answers alike for a taken and for a free email, and tells the owner by mail. Emails are then
   * verified before the first log-in, whatever the next setting says: that log-in would tell.
   */
  readonly concealAccounts: boolean;
  /** Whether an email must be verified before the first log-in. */
  readonly requireVerifiedEmail: boolean;
  /** A domain of one's own before the API. It is then the issuer of every token; without it that is API Gateway's name. */
  readonly domain?: ApiDomain;
  /**
   * How many log-ins are hashed at once: reserved for that function, and the most that it takes of the account's
   * concurrency. As many as the gateway lets through at once (`limits.routes.login.burst` by `throttleShare`): fewer
   * turn honest people away, more is never used but when log-ins hang. Without it nothing is reserved, because what
   * stages reserve adds up in one account, and a new account has nothing to spare.
   */
  readonly logInConcurrency?: number;
  /** Whether X-Ray traces the functions, which then may write to it; that is all that they are granted for it. */
  readonly tracing: boolean;
  /** Alarms, and the topic that they tell. Without it a stage has none, and they cost nothing. */
  readonly alarms?: AlarmSettings;
  /** A dashboard in CloudWatch of what is counted. */
  readonly dashboard: boolean;
  /** The account pages of packages/web, on CloudFront. Without it a stage has none. */
  readonly pages?: PagesSettings;
  /** Settings of docs/operations.md that differ from their defaults: `{ SESSION_SECONDS: "86400" }`. */
  readonly functionSettings: Readonly<Record<string, string>>;
}

/**
 * A domain of the API: in a hosted zone of the same account, where the stage makes certificate and records; or with a DNS
 * elsewhere, whose record for it has to name the output `DomainTarget`, and with a certificate that is there already.
 */
export type ApiDomain = InHostedZone | WithOtherDns;

interface InHostedZone {
  /** In lower case: `auth.example.com`. */
  readonly name: string;
  /** `example.com`. */
  readonly hostedZone: string;
}

interface WithOtherDns {
  /** In lower case: `auth.example.com`. */
  readonly name: string;
  /** Of ACM, for this name, in the region of the stage. */
  readonly certificateArn: string;
}

/** Who is told of alarms. */
export interface AlarmSettings {
  /** An address that is told by mail, once it has confirmed. Others subscribe to the output `AlarmTopicArn`. */
  readonly email?: string;
}

/** How the account pages are deployed. */
export interface PagesSettings {
  /**
   * Where they keep the refresh token. `cookie` needs pages and API on one site, which is a domain of one's own before both:
   * cloudfront.net and amazonaws.com are two. `bearer` keeps it in localStorage (docs/decisions/0022-pages.md).
   */
  readonly transport: "bearer" | "cookie";
}

/** Mail that goes out. */
export interface SesMail {
  readonly transport: "ses";
  /** The address that mails are from. */
  readonly from: string;
  /**
   * The name of an SES identity that the account has already: the domain of `from`, one above it, or the address.
   * Without it the stage makes one for the domain, which fails where there is one.
   */
  readonly existingIdentity?: string;
}

const personal: StageSettings = {
  removal: "destroy",
  pointInTimeRecovery: false,
  deletionProtection: false,
  allowedOrigins: ["http://localhost:3000", "http://localhost:5173"],
  authorizerCacheSeconds: 60,
  throttleShare: 0.2,
  logRetention: "one_week",
  // Its log group holds links and codes that work, so this is for personal stages only.
  mail: { transport: "console" },
  appUrl: "http://localhost:5173",
  concealAccounts: false,
  requireVerifiedEmail: false,
  tracing: false,
  dashboard: false,
  // Who tries it out is one source, however much is tried.
  functionSettings: { SOURCE_LIMIT_PER_HOUR: "10000", SOURCE_FAILURES_PER_HOUR: "10000" },
};

const prod: StageSettings = {
  removal: "retain",
  pointInTimeRecovery: true,
  deletionProtection: true,
  allowedOrigins: [],
  authorizerCacheSeconds: 60,
  throttleShare: 1,
  logRetention: "three_months",
  mail: { transport: "ses", from: "no-reply@example.com" },
  // Emails are verified before the first log-in anyhow, so this costs an honest person nothing: whoever forgot that
  // they have an account is told so by mail.
  concealAccounts: true,
  requireVerifiedEmail: true,
  logInConcurrency: 60,
  tracing: false,
  alarms: {},
  dashboard: true,
  functionSettings: {},
};

const stages: Readonly<Record<string, StageSettings>> = {
  prod,
  // What prod is about to become, so like it in all that can go wrong there: retained and guarded as well, because a
  // deploy that would replace or delete the table must fail here first. It has less of the throttles, for one account
  // may hold both, and keeps logs for as long as somebody looks into a release (docs/decisions/0023).
  staging: {
    ...prod,
    throttleShare: 0.5,
    logRetention: "one_month",
    mail: { transport: "ses", from: "no-reply@staging.example.com" },
    logInConcurrency: 30,
  },
};

/** The settings of a stage by its name. One that is not in the table is somebody's own and is thrown away whole. */
export function settingsOf(stage: string): StageSettings {
  return (Object.hasOwn(stages, stage) && stages[stage]) || personal;
}

/** What to set before the people of a stage can follow their mails; undefined where nothing is missing. */
export function missingForMail({ mail, appUrl }: StageSettings): string | undefined {
  const missing = [
    ...(mail.transport === "ses" && /(?:^|\.)example\.com$/.test(domainOf(mail.from))
      ? ["mail.from (example.com is nobody's: RFC 2606)"]
      : []),
    ...(appUrl === undefined ? ["appUrl (without it links lead to the API, which has no pages)"] : []),
  ];
  return missing.length === 0 ? undefined : `${missing.join(" and ")} in stacks/stage.ts`;
}

/** What to set once the pages have an address, which they get by their first deploy; undefined where nothing is missing. */
export function missingForPages({ pages, appUrl, allowedOrigins }: StageSettings): string | undefined {
  if (!pages) return undefined;
  const origin = appUrl === undefined ? "" : new URL(appUrl).origin;
  const isTheirs = /^https:/.test(origin) && allowedOrigins.includes(origin);
  return isTheirs ? undefined : "the output WebUrl as appUrl and among allowedOrigins in stacks/stage.ts";
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
