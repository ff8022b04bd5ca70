import type { RouteName } from "@gatehouse/contract";
import type { SecretName } from "./secrets.ts";

/** The worker does the queued jobs and is called by the queue alone. */
export type FunctionName = RouteName | "authorizer" | "worker";

export type TableAction = "GetItem" | "BatchGetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem";

/** What a partition key begins with; `stage` is a whole one (docs/architecture.md, section 3). */
export type KeyPrefix = "user#" | "email#" | "throttle#" | "idempotency#" | "unknown#" | "stage";

/** What one function needs and is therefore given. What does not stand here, it cannot do. */
export interface Need {
  /** 1769 MB is one whole processor (Lambda guide, "Configure memory"), which hashing a password wants. */
  readonly memoryMb: 256 | 512 | 1769;
  /** Where nobody waits. Without it, less than the gateway does. */
  readonly timeoutSeconds?: number;
  /**
   * Actions on the table and not on its indexes, each with what the partition keys begin with that it may be about.
   *
   * A transaction needs the actions of its items and no other (DynamoDB guide, "Using IAM with DynamoDB transactions"), each
   * with the keys of all of its items (docs/decisions/0024). `test/grants.test.ts` holds this list to what the
   * functions ask.
   */
  readonly table: Readonly<Partial<Record<TableAction, readonly KeyPrefix[]>>>;
  readonly secrets: readonly SecretName[];
  /** Puts jobs on the queue. */
  readonly jobs?: true;
}

/** The list is complete by its type: a route of the contract without an entry does not compile. */
export const needs = {
  authorizer: { memoryMb: 512, table: { BatchGetItem: ["user#"] }, secrets: ["VERIFICATION_KEYS"] },
  // What is recorded costs a read and two puts wherever it is, and the key of the record.
  //
  // Beside the account: the throttle, and what answers a request that is repeated with its Idempotency-Key, which is
  // put, updated with the answer, and deleted where there was a refusal.
  register: {
    memoryMb: 1769,
    table: {
      GetItem: ["user#", "email#", "stage"],
      PutItem: ["user#", "email#", "idempotency#", "stage"],
      UpdateItem: ["throttle#", "idempotency#"],
      DeleteItem: ["idempotency#"],
    },
    secrets: ["PASSWORD_PEPPER", "CODE_KEY", "AUDIT_KEY"],
    jobs: true,
  },
  login: {
    memoryMb: 1769,
    // Counters are updated by a wrong password, and updated or deleted by a right one. A query only where the seat of
    // the new session is taken, an update of the email's item only from a new source or where the hash is made anew.
    table: {
      GetItem: ["user#", "unknown#", "stage"],
      BatchGetItem: ["email#", "throttle#"],
      Query: ["user#"],
      PutItem: ["user#", "throttle#", "unknown#", "stage"],
      UpdateItem: ["email#", "throttle#"],
      DeleteItem: ["user#", "throttle#"],
    },
    secrets: ["PASSWORD_PEPPER", "REFRESH_KEY", "AUDIT_KEY", "SIGNING_KEYS"],
  },
  // Only a token that was used before makes it delete, and only that and one refresh of 32 is recorded.
  refresh: {
    memoryMb: 512,
    table: {
      GetItem: ["user#", "stage"],
      PutItem: ["user#", "stage"],
      UpdateItem: ["user#"],
      DeleteItem: ["user#"],
    },
    secrets: ["REFRESH_KEY", "AUDIT_KEY", "SIGNING_KEYS"],
  },
  logout: {
    memoryMb: 512,
    table: { GetItem: ["user#", "stage"], PutItem: ["user#", "stage"], DeleteItem: ["user#"] },
    secrets: ["REFRESH_KEY", "AUDIT_KEY", "VERIFICATION_KEYS"],
  },
  requestEmailVerification: {
    memoryMb: 512,
    table: {
      PutItem: ["idempotency#"],
      UpdateItem: ["throttle#", "idempotency#"],
      DeleteItem: ["idempotency#"],
    },
    secrets: ["CODE_KEY"],
    jobs: true,
  },
  forgotPassword: {
    memoryMb: 512,
    table: {
      PutItem: ["idempotency#"],
      UpdateItem: ["throttle#", "idempotency#"],
      DeleteItem: ["idempotency#"],
    },
    secrets: ["CODE_KEY"],
    jobs: true,
  },
  verifyEmail: {
    memoryMb: 512,
    table: {
      GetItem: ["user#", "email#", "stage"],
      PutItem: ["user#", "email#", "stage"],
      UpdateItem: ["user#", "email#"],
      DeleteItem: ["user#", "email#"],
    },
    secrets: ["CODE_KEY", "AUDIT_KEY"],
  },
  undoEmailChange: {
    memoryMb: 512,
    table: { GetItem: ["user#"], UpdateItem: ["user#"] },
    secrets: ["CODE_KEY"],
  },
  resetPassword: {
    memoryMb: 1769,
    table: {
      GetItem: ["user#", "stage"],
      Query: ["user#"],
      PutItem: ["user#", "email#", "stage"],
      UpdateItem: ["user#", "email#"],
      DeleteItem: ["user#", "email#", "throttle#"],
    },
    secrets: ["PASSWORD_PEPPER", "CODE_KEY", "AUDIT_KEY"],
    jobs: true,
  },
  // The next three ask for the current password, whose wrong guesses are counted and recorded as a log-in's are.
  changePassword: {
    memoryMb: 1769,
    table: {
      GetItem: ["user#", "stage"],
      BatchGetItem: ["email#", "throttle#"],
      Query: ["user#"],
      PutItem: ["user#", "email#", "throttle#", "stage"],
      UpdateItem: ["user#", "email#", "throttle#"],
      DeleteItem: ["user#", "throttle#"],
    },
    secrets: ["PASSWORD_PEPPER", "AUDIT_KEY"],
    jobs: true,
  },
  changeEmail: {
    memoryMb: 1769,
    table: {
      GetItem: ["user#", "stage"],
      BatchGetItem: ["email#", "throttle#"],
      PutItem: ["user#", "throttle#", "idempotency#", "stage"],
      UpdateItem: ["throttle#", "idempotency#"],
      DeleteItem: ["throttle#", "idempotency#"],
    },
    secrets: ["PASSWORD_PEPPER", "CODE_KEY", "AUDIT_KEY"],
    jobs: true,
  },
  deleteMe: {
    memoryMb: 1769,
    table: {
      GetItem: ["user#", "stage"],
      BatchGetItem: ["email#", "throttle#"],
      Query: ["user#"],
      PutItem: ["user#", "throttle#", "stage"],
      UpdateItem: ["throttle#"],
      DeleteItem: ["user#", "email#", "throttle#"],
    },
    secrets: ["PASSWORD_PEPPER", "AUDIT_KEY"],
    jobs: true,
  },
  confirmEmail: {
    memoryMb: 512,
    table: {
      GetItem: ["user#", "email#", "stage"],
      PutItem: ["user#", "email#", "stage"],
      UpdateItem: ["user#", "email#"],
      DeleteItem: ["user#", "email#"],
    },
    secrets: ["CODE_KEY", "AUDIT_KEY"],
    jobs: true,
  },
  exportMe: { memoryMb: 512, table: { GetItem: ["email#"], Query: ["user#"] }, secrets: [] },
  events: { memoryMb: 512, table: { Query: ["user#"] }, secrets: [] },
  sessions: { memoryMb: 512, table: { Query: ["user#"] }, secrets: [] },
  endSession: {
    memoryMb: 512,
    table: { GetItem: ["user#"], PutItem: ["user#"], DeleteItem: ["user#"] },
    secrets: ["AUDIT_KEY"],
  },
  endOtherSessions: {
    memoryMb: 512,
    table: { GetItem: ["user#"], Query: ["user#"], PutItem: ["user#"], DeleteItem: ["user#"] },
    secrets: ["AUDIT_KEY"],
  },
  me: { memoryMb: 512, table: { GetItem: ["user#"] }, secrets: [] },
  changeMe: { memoryMb: 512, table: { GetItem: ["user#"], UpdateItem: ["user#", "email#"] }, secrets: [] },
  jwks: { memoryMb: 256, table: {}, secrets: ["VERIFICATION_KEYS"] },
  openidConfiguration: { memoryMb: 256, table: {}, secrets: ["VERIFICATION_KEYS"] },
  oauthServerMetadata: { memoryMb: 256, table: {}, secrets: ["VERIFICATION_KEYS"] },
  // The queue and the mails are granted in mail.ts.
  worker: {
    memoryMb: 512,
    timeoutSeconds: 30,
    table: {
      GetItem: ["user#", "email#"],
      Query: ["user#"],
      PutItem: ["user#", "email#"],
      UpdateItem: ["user#", "email#", "throttle#"],
      DeleteItem: ["user#"],
    },
    // The second for what it records: that an address refuses mail.
    secrets: ["CODE_KEY", "AUDIT_KEY"],
  },
  health: { memoryMb: 256, table: {}, secrets: [] },
  problem: { memoryMb: 256, table: {}, secrets: [] },
  openapi: { memoryMb: 256, table: {}, secrets: [] },
} as const satisfies Record<FunctionName, Need>;
