import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { startGatehouse } from "../../src/app.ts";

/** What `npm start` starts, on any free port and with data of its own, for all the tests of a file. */
export function useHouse(environment: Readonly<Record<string, string>> = {}): { readonly url: string } {
  const house = { url: "" };
  const closing = new AsyncDisposableStack();
  beforeAll(async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "gatehouse-test-"));
    closing.defer(() => rm(dataDirectory, { recursive: true, force: true }));
    const logs = { write: () => true };
    const started = await startGatehouse({ port: 0, host: "127.0.0.1", dataDirectory, environment, logs });
    closing.defer(() => started.stop());
    house.url = started.url;
  });
  afterAll(() => closing.disposeAsync());
  return house;
}
