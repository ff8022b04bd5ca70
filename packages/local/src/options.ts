import { parseArgs } from "node:util";
import { StartError } from "./start-error.ts";

export const usage = `Usage: npm start -- [options]

  --port <number>    where to listen (default 3000; 0 for any that is free)
  --host <address>   who may reach it (default 127.0.0.1, this machine alone)
  --data <directory> where the data is kept (default .data)
  --reset            delete all data and secrets first
  --verbose          a line for every request, and what the functions log
  --inspect          let a debugger attach
  --help             show this

Settings are environment variables: docs/operations.md lists them. DYNAMODB_ENDPOINT names another DynamoDB.`;

export interface Options {
  readonly port: number;
  readonly host: string;
  /** Undefined for the one in the checkout. */
  readonly data: string | undefined;
  readonly reset: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/**
 * Reads the command line.
 *
 * @throws StartError naming the option that is unknown or wrong.
 */
export function readOptions(args: readonly string[]): Options {
  const { port, host, ...rest } = parse(args);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StartError(`--port should be a number from 0 to 65535, not "${port}"`);
  }
  if (host === "") throw new StartError("--host should be an address or a name");
  return { port: Number(port), host, ...rest };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "3000" },
        host: { type: "string", default: "127.0.0.1" },
        data: { type: "string" },
        reset: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    return { ...values, data: values.data };
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/\.? To specify/);
    throw new StartError(`${reason} (npm start -- --help lists the options)`, { cause });
  }
}
