import { needs } from "../../stacks/needs.ts";
import type { Counts, Operation } from "../costs/operation.ts";
import { billedSeconds, costOf, total } from "../costs/price.ts";

/**
 * What a try to log in brings with it on an ordinary day: of twenty one has a wrong password and one is of somebody new;
 * whoever is in refreshes once, and asks for something at a gateway that asks the authorizer.
 */
export const everyday: Readonly<Record<string, number>> = {
  "log in": 0.95,
  "log in, wrong password": 0.05,
  register: 0.05,
  refresh: 0.95,
  "ask the authorizer": 0.95,
};

/** What one such try asks for. */
export interface Demand {
  /** Units of the table, and of its index. */
  readonly reads: number;
  readonly writes: number;
  readonly entries: number;
  /** Requests that reach the gateway. */
  readonly requests: number;
  readonly wrongPasswords: number;
  /** How long containers are busy with it, of all functions and of the log-in's alone. */
  readonly functionSeconds: number;
  readonly logInSeconds: number;
  /** Secrets read by the containers that it keeps busy: when they start, and then every five minutes. */
  readonly secretsAtStart: number;
  /** At the list prices of docs/operations/costs.md. */
  readonly dollars: number;
}

export function demandOf({ operations }: Counts): Demand {
  const sum = (of: (operation: Operation) => number, names = Object.keys(everyday)) =>
    names.reduce((total, name) => total + (everyday[name] ?? 0) * of(operations[name] as Operation), 0);
  return {
    reads: sum(({ reads }) => reads),
    writes: sum(({ writes, entries }) => writes - entries),
    entries: sum(({ entries }) => entries),
    // The authorizer is asked for a request that has a token.
    requests: sum(() => 1),
    wrongPasswords: everyday["log in, wrong password"] ?? 0,
    functionSeconds: sum(billedSeconds),
    logInSeconds: sum(billedSeconds, ["log in", "log in, wrong password"]),
    secretsAtStart: sum((operation) => billedSeconds(operation) * secretsOf(operation.function)),
    dollars: sum((operation) => total(costOf(operation))),
  };
}

function secretsOf(name: string): number {
  return (
    (needs as Readonly<Record<string, { readonly secrets: readonly string[] }>>)[name]?.secrets.length ?? 0
  );
}
