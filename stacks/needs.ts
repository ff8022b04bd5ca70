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
  readonly table: readonly ("GetItem" | "BatchGetItem" | "PutItem" | "UpdateItem")[];
  readonly secrets: readonly SecretName[];
}

/** The list is complete by its type: a route of the contract without an entry does not compile. */
export const needs = {
  authorizer: { memoryMb: 512, table: ["GetItem"], secrets: ["VERIFICATION_KEYS"] },
  register: { memoryMb: 1769, table: ["PutItem"], secrets: ["PASSWORD_PEPPER"] },
  login: {
    memoryMb: 1769,
    table: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
    secrets: ["PASSWORD_PEPPER", "SIGNING_KEYS"],
  },
  me: { memoryMb: 512, table: ["GetItem"], secrets: [] },
  changeMe: { memoryMb: 512, table: ["GetItem", "UpdateItem"], secrets: [] },
  jwks: { memoryMb: 256, table: [], secrets: ["VERIFICATION_KEYS"] },
  health: { memoryMb: 256, table: [], secrets: [] },
  problem: { memoryMb: 256, table: [], secrets: [] },
} as const satisfies Record<FunctionName, Need>;
