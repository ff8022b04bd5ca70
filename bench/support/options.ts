import { parseArgs } from "node:util";

/** What was asked for cannot be done. The message is one line for the person at the terminal. */
export class UsageError extends Error {}

/**
 * Reads options that are whole numbers, such as `--samples 300`.
 *
 * @throws UsageError naming the option that is unknown or no number from 1 up.
 */
export function readNumbers<const Defaults extends Readonly<Record<string, number>>>(
  args: readonly string[],
  defaults: Defaults,
): Readonly<Record<keyof Defaults, number>> {
  const options = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: "string" }] as const),
  );
  const given = parse(args, options);
  const numbers = Object.entries(given).map(([name, text]) => {
    if (!/^[1-9]\d{0,5}$/.test(String(text))) throw new UsageError(`--${name} should be a number from 1 up`);
    return [name, Number(text)] as const;
  });
  return { ...defaults, ...Object.fromEntries(numbers) };
}

/** Takes a flag such as `--each` out of the arguments. */
export function readFlag(args: readonly string[], flag: string): { flag: boolean; rest: readonly string[] } {
  return { flag: args.includes(flag), rest: args.filter((arg) => arg !== flag) };
}

function parse(args: readonly string[], options: Record<string, { type: "string" }>) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
