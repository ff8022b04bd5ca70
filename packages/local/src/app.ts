import { type ApiOptions, startApi } from "./api.ts";
import { openDataDirectory } from "./data-directory.ts";
import { type LocalDatabase, openDatabase } from "./database/open-database.ts";
import { authorizerCacheSeconds, type Environment, functionEnvironment, tableName } from "./environment.ts";
import { isPortTaken, onPort } from "./port.ts";
import { keepSecrets } from "./secrets.ts";
import { StartError } from "./start-error.ts";

export interface GatehouseOptions extends Pick<ApiOptions, "logs" | "onRequest"> {
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
  /** Stops everything it started, within a second. */
  stop(): Promise<void>;
}

/**
 * Starts the whole house on this machine: the database, the functions on worker threads and the gateway.
 *
 * @throws StartError and ConfigError, each with one line for the person at the terminal. Nothing is left running.
 */
export async function startGatehouse(options: GatehouseOptions): Promise<Gatehouse> {
  const { environment = {}, host, logs, onRequest } = options;
  const settings = { authorizerCacheSeconds: authorizerCacheSeconds(environment), host, logs, onRequest };
  // Settings are checked before anything is written: with a stand-in for what is not known yet.
  functionEnvironment(environment, {
    url: urlOf(host, options.port),
    databaseEndpoint: options.databaseEndpoint ?? urlOf(host, 0),
    secretsFile: "/secrets.json",
  });

  await using starting = new AsyncDisposableStack();
  const { secretsFile, databaseFile, hasData, close } = await openDataDirectory(
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
  const { port, result: api } = await onPort(options.port, (port) => {
    const surroundings = { url: urlOf(host, port), databaseEndpoint: database.endpoint, secretsFile };
    return startApi({ ...settings, port, environment: functionEnvironment(environment, surroundings) });
  }).catch((error) => {
    throw explainListening(error, host, options.port);
  });
  starting.defer(() => api.stop());

  const running = starting.move();
  return { url: urlOf(host, port), tableName, database, stop: () => running.disposeAsync() };
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
