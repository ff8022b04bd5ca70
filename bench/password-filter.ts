/**
 * What a look-up among the common passwords takes, in microseconds and in times one SHA-256 of the same text in the
 * same run, so that the figures of two machines can be compared; and how large the filter's file is.
 */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";
import { mayContain } from "../packages/core/src/password/rules/bloom-filter.ts";
import { bits, hashes } from "../packages/core/src/password/rules/common.generated.js";
import { isCommon } from "../packages/core/src/password/rules/common.ts";
import { fold, skeleton } from "../packages/core/src/password/rules/fold.ts";
import { median } from "./support/statistics.ts";

const file = new URL("../packages/core/src/password/rules/common.generated.js", import.meta.url);
const mostBytes = 200_000;
const rounds = 100;

/** As many of the list, for which the filter looks at the most bits, as of none. */
const common = dictionary["passwords-common"].slice(0, 1000);
const other = common.map((text) => createHash("sha256").update(text).digest("base64url").slice(0, 12));
const texts = [...common, ...other].map(fold);

const filter = { bits: Buffer.from(bits, "base64"), hashes };

/** The first is what the others are told in times of. */
const measured: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ["one SHA-256", (text) => createHash("sha256").update(text).digest("hex")],
  ["one look-up in the filter", (text) => mayContain(filter, skeleton(text))],
  // Up to four look-ups, as `findWeakness` asks for a text and what stands in it.
  ["whether a text is common", (text) => isCommon(text, 5)],
];

/** Prints the figures, and answers a line for each promise that does not hold. A time never breaks one. */
export async function run(): Promise<readonly string[]> {
  // By turns, so that a busy machine is busy for all of them.
  const times = Array.from({ length: rounds }, () => measured.map(([, run]) => microsecondsOf(run)));
  const medians = measured.map((_, column) => median(times.map((round) => round[column] ?? Number.NaN)));
  for (const [row, [name]] of measured.entries()) {
    const [own = Number.NaN, unit = Number.NaN] = [medians[row], medians[0]];
    console.log(
      `${name.padEnd(28)}${own.toFixed(2).padStart(6)} microseconds ${(own / unit).toFixed(1).padStart(6)} times`,
    );
  }
  const { size } = statSync(file);
  console.log(`${"the filter's file".padEnd(28)}${size.toLocaleString("en").padStart(6)} bytes`);
  return size <= mostBytes ? [] : [`the filter's file has more than ${mostBytes} bytes`];
}

/** For one text, on the average. */
function microsecondsOf(run: (text: string) => unknown): number {
  const begun = performance.now();
  for (const text of texts) run(text);
  return ((performance.now() - begun) * 1000) / texts.length;
}
