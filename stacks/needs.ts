import type { RouteName } from "@gatehouse/contract";
import type { SecretName } from "./secrets.ts";

export type FunctionName = RouteName | "authorizer";

/** What one function needs and is therefore given. What does not stand here, it cannot do. */
export interface Need {
  /** 1769 MB is one whole processor (Lambda guide, "Configure memory"), which hashing a password wants. */
  readonly memoryMb: 256 | 512 | 1769;
  /**
   * Actions on the table and not on its indexes. A transaction needs those of the items in it and no other
   * (DynamoDB guide, "Amazon DynamoDB Transactions: How it works", IAM).
   */
  readonly table: readonly ("GetItem" | "BatchGetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem")[];
  readonly secrets: readonly SecretName[];
}

/** The list is complete by its type: a route of the contract without an entry does not compile. */
export const needs = {
  authorizer: { memoryMb: 512, table: ["BatchGetItem"], secrets: ["VERIFICATION_KEYS"] },
  register: { memoryMb: 1769, table: ["PutItem"], secrets: ["PASSWORD_PEPPER"] },
  login: {
    memoryMb: 1769,
    // A query only where the seat of the new session is taken.
    table: ["GetItem", "Query", "PutItem", "UpdateItem"],
    secrets: ["PASSWORD_PEPPER", "REFRESH_KEY", "SIGNING_KEYS"],
  },
  // Only a token that was used before makes it delete and put: the session and an event of it.
  refresh: {
    memoryMb: 512,
    table: ["UpdateItem", "DeleteItem", "PutItem"],
    secrets: ["REFRESH_KEY", "SIGNING_KEYS"],
  },
  logout: { memoryMb: 512, table: ["DeleteItem"], secrets: ["REFRESH_KEY", "VERIFICATION_KEYS"] },
  sessions: { memoryMb: 512, table: ["Query"], secrets: [] },
  endSession: { memoryMb: 512, table: ["DeleteItem"], secrets: [] },
  endOtherSessions: { memoryMb: 512, table: ["Query", "DeleteItem"], secrets: [] },
  me: { memoryMb: 512, table: ["GetItem"], secrets: [] },
  changeMe: { memoryMb: 512, table: ["GetItem", "UpdateItem"], secrets: [] },
  jwks: { memoryMb: 256, table: [], secrets: ["VERIFICATION_KEYS"] },
  openidConfiguration: { memoryMb: 256, table: [], secrets: ["VERIFICATION_KEYS"] },
  oauthServerMetadata: { memoryMb: 256, table: [], secrets: ["VERIFICATION_KEYS"] },
  health: { memoryMb: 256, table: [], secrets: [] },
  problem: { memoryMb: 256, table: [], secrets: [] },
} as const satisfies Record<FunctionName, Need>;
