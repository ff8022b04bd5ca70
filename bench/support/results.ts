import { existsSync, readFileSync } from "node:fs";
import type { Figure } from "./report.ts";

/** What a bench has written of its last run. */
export interface Results {
  readonly how: string;
  readonly machine: string;
  readonly figures: readonly Figure[];
}

export const resultsFolder = new URL("../results/", import.meta.url);

/** Undefined where this bench has written none. */
export function readResults(bench: string): Results | undefined {
  const file = new URL(`${bench}.json`, resultsFolder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
}

/** What a figure has to hold: its ratio, or its value where it has none, and whether that is at most or at least it. */
export interface Aim {
  readonly measured: number;
  readonly limit: number;
  readonly isMost: boolean;
  readonly isReached: boolean;
}

/** Undefined where nothing is wanted of it. */
export function aimOf({ wanted, ratio, value }: Figure): Aim | undefined {
  const [, sign, limit] = /^(<=|>=) ([\d.]+)$/.exec(wanted ?? "") ?? [];
  if (sign === undefined) return undefined;
  const aim = { measured: ratio ?? value, limit: Number(limit), isMost: sign === "<=" };
  return { ...aim, isReached: aim.isMost ? aim.measured <= aim.limit : aim.measured >= aim.limit };
}
