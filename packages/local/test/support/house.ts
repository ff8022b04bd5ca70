import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { startGatehouse } from "../../src/app.ts";
import type { Mail } from "../../src/mailbox/index.ts";

export interface House {
  /** No slash at the end. */
  readonly url: string;
  /** What has been mailed, the newest first, once every job that is due is done. */
  mails(to?: string): Promise<readonly Mail[]>;
}

type Environment = Readonly<Record<string, string>>;

/**
 * What `npm start` starts, on any free port and with data of its own, for all the tests of a file. A function is asked for
 * the environment once the hooks before this have run.
 */
export function useHouse(environment: Environment | (() => Environment) = {}): House {
  const house = { url: "", mails: async (): Promise<readonly Mail[]> => [] };
  const closing = new AsyncDisposableStack();
  beforeAll(async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "gatehouse-test-"));
    closing.defer(() => rm(dataDirectory, { recursive: true, force: true }));
    const logs = { write: () => true };
    const settings = typeof environment === "function" ? environment() : environment;
    const options = { port: 0, host: "127.0.0.1", dataDirectory, environment: settings, logs };
    const started = await startGatehouse(options);
    closing.defer(() => started.stop());
    house.url = started.url;
    house.mails = async (to?: string) => {
      await started.jobs.idle();
      return started.mailbox.list(to);
    };
  });
  afterAll(() => closing.disposeAsync());
  return house;
}
