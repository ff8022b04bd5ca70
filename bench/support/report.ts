import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { machine } from "./machine.ts";
import { resultsFolder } from "./results.ts";
import { tableOf } from "./table.ts";

/** Something that was measured, and what it is told in times of. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `microseconds`, `MB` or `requests a second`. */
  readonly unit: string;
  /** The name of what it is compared with, and what it is of it. */
  readonly of?: string;
  readonly ratio?: number;
  /** What we want the ratio, or the value where there is none, to be: `<= 1.5` or `>= 1`. */
  readonly wanted?: string;
}

/**
 * Prints what a bench measured, and writes it as JSON to `bench/results/<name>.json`, with the machine and how it was done.
 *
 * @param how `medians of 20 rounds by turns`
 */
export function report(name: string, how: string, figures: readonly Figure[]): void {
  console.log(`${how}; ${machine()}\n`);
  console.log(tableOf([["", "", "", "times", "of", "wanted"], ...figures.map(rowOf)]));
  mkdirSync(resultsFolder, { recursive: true });
  const file = new URL(`${name}.json`, resultsFolder);
  const rounded = figures.map((figure) => ({
    ...figure,
    value: significant(figure.value),
    ...(figure.ratio !== undefined && { ratio: significant(figure.ratio) }),
  }));
  writeFileSync(file, `${JSON.stringify({ how, machine: machine(), figures: rounded }, null, 2)}\n`);
  console.log(`\n${fileURLToPath(file)}`);
}

function rowOf({ name, value, unit, ratio, of = "", wanted = "" }: Figure): readonly string[] {
  return [name, String(significant(value)), unit, ratio === undefined ? "" : ratio.toFixed(2), of, wanted];
}

/** To three digits. */
function significant(value: number): number {
  return Number(value.toPrecision(3));
}
