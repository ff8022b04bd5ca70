import { writeFile } from "node:fs/promises";
import { readConfig } from "@gatehouse/core/config";
import { openAccountPages, pagesTransport } from "./account-pages/index.ts";
import { type Api, type ApiOptions, startApi } from "./api.ts";
import { openDataDirectory } from "./data-directory.ts";
import { type LocalDatabase, openDatabase } from "./database/open-database.ts";
import { authorizerCacheSeconds, type Environment, functionEnvironment, tableName } from "./environment.ts";
import { below } from "./gateway/index.ts";
import type { Mailbox } from "./mailbox/index.ts";
import { createPages } from "./pages/index.ts";
import { isPortTaken, onPort } from "./port.ts";
import { type PostOfficeOptions, startPostOffice } from "./post-office.ts";
import type { Queue } from "./queue/index.ts";
import { keepSecrets } from "./secrets.ts";
import { StartError } from "./start-error.ts";

export interface GatehouseOptions
  extends Pick<ApiOptions, "logs" | "onRequest">,
    Pick<PostOfficeOptions, "onMail" | "onDeadLetter"> {
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  /** Deletes the data first. */
  readonly reset?: boolean;
  /** A DynamoDB that runs already, in place of the embedded one. */
  readonly databaseEndpoint?: string | undefined;
  /** Where settings are taken from; they are checked before anything starts. */
  readonly environment?: Environment;
  /** Told, in one line, what happens to the database later on. */
  readonly onNotice?: (line: string) => void;
  /** Told that it cannot go on; it still has to be stopped. */
  readonly onFailure?: (error: StartError) => void;
}

export interface Gatehouse {
  /** No slash at the end. */
  readonly url: string;
  readonly tableName: string;
  readonly database: Pick<LocalDatabase, "endpoint" | "pid">;
  /** Every mail of this run: `await jobs.idle()` first, and look into it then. */
  readonly mailbox: Mailbox;
  readonly jobs: Omit<Queue, "stop">;
  /** Stops everything it started, within a second. */
  stop(): Promise<void>;
}

/**
 * Starts the whole house on this machine: the database, the functions on worker threads and the gateway.
 *
 * @throws StartError and ConfigError, each with one line for the person at the terminal. Nothing is left running.
 */
export async function startGatehouse(options: GatehouseOptions): Promise<Gatehouse> {
  const { environment = {}, host, logs, onRequest, onNotice } = options;
  const settings = { authorizerCacheSeconds: authorizerCacheSeconds(environment), host, logs, onRequest };
  // Settings are checked before anything is written: with a stand-in for what is not known yet.
  const checked = functionEnvironment(environment, {
    url: urlOf(host, options.port),
    databaseEndpoint: options.databaseEndpoint ?? urlOf(host, 0),
    secretsFile: "/secrets.json",
    queueUrl: urlOf(host, 0),
    awsEndpoint: urlOf(host, 0),
  });
  const accountPages = { ...readConfig(checked), transport: pagesTransport(environment), onNotice };

  await using starting = new AsyncDisposableStack();
  const { secretsFile, databaseFile, addressFile, hasData, close } = await openDataDirectory(
    options.dataDirectory,
    options,
  );
  starting.defer(close);
  // Before the database they belong to, so that a first start that is interrupted leaves no data without them.
  if (!hasData) await keepSecrets(secretsFile, hasData);
  const opening = openDatabase({ ...options, file: databaseFile, tableName });
  starting.defer(() =>
    opening.then(
      (database) => database.stop(),
      () => {},
    ),
  );
  const database = await opening;
  if (hasData) await keepSecrets(secretsFile, hasData);
  // For `npm run audit` beside it: only one process at a time opens the file itself.
  await writeFile(addressFile, database.endpoint, { mode: 0o600 });
  const worker = Promise.withResolvers<Api["work"]>();
  const post = await startPostOffice({ ...options, work: async (event) => (await worker.promise)(event) });
  starting.defer(() => post.stop());
  const { queueUrl, endpoint: awsEndpoint, mailbox, queue } = post;
  const beside = [
    { takes: below("/_local", "/docs"), listener: createPages(mailbox) },
    openAccountPages(accountPages),
  ];
  const { port, result: api } = await onPort(options.port, (port) => {
    const places = { url: urlOf(host, port), databaseEndpoint: database.endpoint, queueUrl, awsEndpoint };
    const complete = functionEnvironment(environment, { ...places, secretsFile });
    return startApi({ ...settings, port, beside, environment: complete });
  }).catch((error) => {
    throw explainListening(error, host, options.port);
  });
  worker.resolve(api.work);
  // What the worker has begun ends as a request does: with the functions still there.
  starting.defer(() => api.stop({ drain: queue.stop }));

  const running = starting.move();
  const url = urlOf(host, port);
  return { url, tableName, database, mailbox, jobs: queue, stop: () => running.disposeAsync() };
}

/** Where a browser on this machine reaches it: localhost wherever that is possible, because browsers trust it. */
function urlOf(host: string, port: number): string {
  const isHere = /^(?:127\.0\.0\.1|0\.0\.0\.0|::1?|localhost)$/.test(host);
  return `http://${isHere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** What the system says of an address nobody can listen on, as one line. Any other error stays what it is. */
function explainListening(error: unknown, host: string, port: number): unknown {
  if (isPortTaken(error)) {
    const line = `Port ${port} is in use: stop what listens there, or choose another with --port`;
    return new StartError(line, { cause: error });
  }
  if (!(error instanceof Error && "syscall" in error)) return error;
  const line = `It cannot listen on ${host}, port ${port} (${error.message}): choose others with --host and --port`;
  return new StartError(line, { cause: error });
}
