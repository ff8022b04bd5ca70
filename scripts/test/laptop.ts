import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Gatehouse, startGatehouse } from "../../packages/local/src/app.ts";
import { send } from "../../packages/local/test/support/send.ts";
import { type Finished, runScript } from "./run-script.ts";

export interface Laptop {
  /** Registers somebody and logs them in. Answers the access token. */
  newPerson(email: string): Promise<{ readonly id: string; readonly token: string }>;
  /** Sends `GET /me` or the like. */
  readonly send: (what: string, message?: Parameters<typeof send>[2]) => ReturnType<typeof send>;
  /** Where its database answers. */
  databaseEndpoint(): string;
  /** Runs a script on its data, whether or not it runs. */
  run(script: string, ...args: readonly string[]): Promise<Finished>;
  stop(): Promise<void>;
}

export const password = "correct horse battery";

/** A house with data of its own, which its scripts find, for all the tests of a file. */
export function useLaptop(): Laptop {
  let house: Gatehouse | undefined;
  let data = "";
  const closing = new AsyncDisposableStack();
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "gatehouse-test-"));
    closing.defer(() => rm(data, { recursive: true, force: true }));
    house = await startGatehouse({
      port: 0,
      host: "127.0.0.1",
      dataDirectory: data,
      logs: { write: () => true },
    });
  });
  const stop = async () => {
    await house?.stop();
    house = undefined;
  };
  afterAll(async () => {
    await stop();
    await closing.disposeAsync();
  });
  const sendTo: Laptop["send"] = (what, message) => send(String(house?.url), what, message);
  return {
    send: sendTo,
    async newPerson(email) {
      await sendTo("POST /register", { body: { email, password } });
      const { body } = await sendTo("POST /login", { body: { email, password } });
      return { id: body.user.id, token: body.token };
    },
    databaseEndpoint: () => String(house?.database.endpoint),
    run: (script, ...args) => runScript(script, [...args, "--data", data]),
    stop,
  };
}
