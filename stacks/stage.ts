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
  /** For each route: requests a second, and how many at once above that. More than that is answered 429. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly logRetention: Lowercase<keyof typeof RetentionDays>;
  /** Settings of docs/operations.md that differ from their defaults: `{ SESSION_SECONDS: "86400" }`. */
  readonly functionSettings: Readonly<Record<string, string>>;
}

const personal: StageSettings = {
  removal: "destroy",
  pointInTimeRecovery: false,
  deletionProtection: false,
  allowedOrigins: ["http://localhost:3000", "http://localhost:5173"],
  authorizerCacheSeconds: 60,
  throttle: { rate: 25, burst: 50 },
  logRetention: "one_week",
  functionSettings: {},
};

const stages: Readonly<Record<string, StageSettings>> = {
  prod: {
    removal: "retain",
    pointInTimeRecovery: true,
    deletionProtection: true,
    allowedOrigins: [],
    authorizerCacheSeconds: 60,
    throttle: { rate: 250, burst: 500 },
    logRetention: "three_months",
    functionSettings: {},
  },
};

/** The settings of a stage by its name. One that is not in the table is somebody's own and is thrown away whole. */
export function settingsOf(stage: string): StageSettings {
  return (Object.hasOwn(stages, stage) && stages[stage]) || personal;
}
