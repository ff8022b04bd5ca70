import type { RouteName } from "./routes.ts";

/** What one route may be asked, by everybody together and by one. */
interface RouteLimit {
  /** Requests a second that API Gateway lets through to it, of all callers, in `prod`. */
  readonly rate: number;
  /** How many at once above that. */
  readonly burst: number;
  /**
   * What core counts of it, in the table: `mail` each request, for its source (`limits.mail`); `password` each wrong
   * password, for the account and for who guesses (`limits.password`).
   */
  readonly counts?: readonly ("mail" | "password")[];
}

const reading = { rate: 500, burst: 1000 };
const writing = { rate: 50, burst: 100 };

/**
 * How often anything may be asked, in one table: the stacks set API Gateway's throttles from `routes`, core counts by the rest. A
 * stage may have less of the gateway's (`stacks/stage.ts`), and other numbers where a setting is named
 * (docs/operations.md).
 */
export const limits = {
  /** Of a route that is not named below, as API Gateway has it for a stage. */
  api: { rate: 1000, burst: 2000 },

  routes: {
    register: { rate: 20, burst: 40, counts: ["mail"] },
    login: { rate: 100, burst: 60, counts: ["password"] },
    refresh: { rate: 250, burst: 500 },
    logout: writing,
    requestEmailVerification: { rate: 20, burst: 40, counts: ["mail"] },
    verifyEmail: writing,
    undoEmailChange: writing,
    forgotPassword: { rate: 20, burst: 40, counts: ["mail"] },
    resetPassword: { rate: 20, burst: 40 },
    me: reading,
    changeMe: writing,
    changePassword: { rate: 20, burst: 40, counts: ["password"] },
    changeEmail: { rate: 20, burst: 40, counts: ["mail", "password"] },
    confirmEmail: writing,
    exportMe: { rate: 20, burst: 40 },
    deleteMe: { rate: 20, burst: 40, counts: ["password"] },
    events: writing,
    sessions: writing,
    endSession: writing,
    endOtherSessions: writing,
    jwks: reading,
    openidConfiguration: reading,
    oauthServerMetadata: reading,
    health: reading,
    problem: reading,
    openapi: reading,
  } satisfies Record<RouteName, RouteLimit> as Readonly<Record<RouteName, RouteLimit>>,

  mail: {
    /** Requests that have mail sent: so many of one source within an hour. Setting `SOURCE_LIMIT_PER_HOUR`. */
    sourcePerHour: 100,
    /** Mails of one kind to one address that people without an account there cause, within an hour. */
    toOnePerHour: 10,
  },

  password: {
    /** Wrong passwords for one account, or of one who guesses at it, that cost no wait. */
    free: 5,
    /** After the last free one: a second, and twice as long after each further one, up to this. */
    longestWaitSeconds: 900,
    /** So many in a row, and only who logged in before, or a new password, opens the account (NIST SP 800-63B-4). */
    most: 100,
    /** After this without another one they are forgotten. */
    forgottenSeconds: 7 * 24 * 3600,
    /** Of one source at whatever accounts, within an hour. Setting `SOURCE_FAILURES_PER_HOUR`. */
    sourcePerHour: 100,
    /** Of all sources at whatever accounts, within a minute: the brake. Setting `FAILURES_PER_MINUTE`. */
    allPerMinute: 1200,
  },
} as const;

export type { RouteLimit };
