/** What is bundled is read and compiled at every cold start: nothing joins it unseen. */
import { handlerFile } from "@gatehouse/contract";
import { expect, test } from "vitest";
import { type FunctionName, needs } from "../needs.ts";
import { bundleFunction } from "./bundle-function.ts";

const names = Object.keys(needs) as FunctionName[];

/** In tens, so that a line more or less is none. */
const tens = (count: number) => Math.ceil(count / 10) * 10;

async function lineOf(name: FunctionName): Promise<string> {
  const { code, files } = await bundleFunction(`packages/functions/src/${handlerFile(name)}.ts`);
  const kilobytes = tens(Buffer.byteLength(code) / 1000);
  return `${name.padEnd(24)}${String(kilobytes).padStart(5)} kB${String(tens(files.size)).padStart(6)} files\n`;
}

test("every bundle is as large as its snapshot says", async () => {
  const lines = await Promise.all(names.map(lineOf));
  // Where this fails on purpose: vitest run stacks/bundle -u, and say in the commit what it is for.
  await expect(lines.join("")).toMatchFileSnapshot("../test/snapshots/bundles.txt");
}, 120_000);
