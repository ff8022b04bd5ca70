import { fileURLToPath } from "node:url";
import { ConfigError } from "@gatehouse/core/error";
import { type Gatehouse, type GatehouseOptions, startGatehouse } from "./app.ts";
import type { RequestRecord } from "./gateway/index.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { describeDeadLetter, describeMail } from "./post-lines.ts";
import { StartError } from "./start-error.ts";
import { welcome } from "./welcome.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await serve(options);
} catch (error) {
  fail(error);
}

async function serve(options: Options): Promise<void> {
  const stopRequested = new Promise<void>((resolve) => {
    // Asked again while it stops, it goes on stopping: npm passes on the SIGINT that the terminal sent to all.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const starting = startGatehouse(toGatehouseOptions(options, failed.reject));
  const gatehouse = await Promise.race([starting, stopRequested.then(() => undefined)]);
  if (gatehouse) console.log(welcome(gatehouse.url));
  try {
    await Promise.race([stopRequested, failed.promise]);
  } finally {
    await starting.then(
      (house: Gatehouse) => house.stop(),
      () => {},
    );
  }
}

function toGatehouseOptions(options: Options, onFailure: (error: StartError) => void): GatehouseOptions {
  return {
    port: options.port,
    host: options.host,
    dataDirectory: options.data ?? `${checkout}.data`,
    reset: options.reset,
    databaseEndpoint: process.env["DYNAMODB_ENDPOINT"] || undefined,
    environment: process.env,
    // What the functions log is JSON, a line for each request. A fault is told of without it too.
    ...(!options.verbose && { logs: { write: () => true } }),
    onRequest: (record) => {
      if (options.verbose) console.log(describe(record));
      else if (record.status >= 500) console.log(`${describe(record)} (why: npm start -- --verbose)`);
    },
    onMail: (mail) => console.log(describeMail(mail)),
    onDeadLetter: (letter) => console.error(describeDeadLetter(letter)),
    onNotice: (line) => console.error(line),
    onFailure,
  };
}

function describe({ method, path, status, durationMs, requestId, fault }: RequestRecord): string {
  return [method, path, status, `${durationMs} ms`, requestId, fault ?? ""].join(" ").trimEnd();
}

/** What a person can mend is one line; anything else is a fault of ours and keeps its stack. */
function fail(error: unknown): void {
  const isForPeople = error instanceof StartError || error instanceof ConfigError;
  console.error(isForPeople ? error.message : error);
  process.exitCode = 1;
}
