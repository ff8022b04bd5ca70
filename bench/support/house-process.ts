/**
 * The house in a process of its own, as `npm start` runs it, with its data in a temporary folder. house.ts starts it
 * and asks it; when that process is gone, however it went, this one ends by itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { localAccount } from "../../packages/local/src/database/client.ts";
import { type Gatehouse, startGatehouse } from "../../packages/local/src/index.ts";
import type { Order } from "./child.ts";

/** How long the gateway's event loop stood still, beyond the timer's own interval. */
export interface Stalls {
  readonly longestMs: number;
  readonly p99Ms: number;
}

/** What the house can be asked for. */
export interface Orders {
  /** Waits until every job is done. */
  idle(): Promise<void>;
  /** Bans the person with this email. */
  disable(email: string): Promise<void>;
  /** Since this was asked last. */
  stalls(): Promise<Stalls>;
  /** The ids of the processes it consists of: the gateway with its functions, and the database. */
  processes(): Promise<readonly number[]>;
  /** What the gateway and its functions have used of the processors, in microseconds. The database is not in it. */
  cpu(): Promise<number>;
}

const stallIntervalMs = 10;

const dataDirectory = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
process.once("exit", () => rmSync(dataDirectory, { recursive: true, force: true }));
const starting = startGatehouse({
  port: 0,
  host: "127.0.0.1",
  dataDirectory,
  environment: process.env,
  logs: { write: () => true },
});
process.once("disconnect", async () => (await starting).stop());
// What a terminal sends reaches the whole process group: the house ends after who started it, and leaves nothing behind.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});

const house = await starting;
const delays = monitorEventLoopDelay({ resolution: stallIntervalMs });
delays.enable();

const user = await loadUser(house);
const orders: Orders = {
  idle: () => house.jobs.idle(),
  disable: (email) => user.setStatus(email, "disabled"),
  async stalls() {
    const toMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - stallIntervalMs);
    const stalls = { longestMs: toMs(delays.max), p99Ms: toMs(delays.percentile(99)) };
    delays.reset();
    return stalls;
  },
  processes: async () => [process.pid, ...(house.database.pid === undefined ? [] : [house.database.pid])],
  async cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

process.on("message", async ({ id, name, about }: Order<keyof Orders>) => {
  tell(id, await orders[name](String(about)));
});
tell(0, Number(new URL(house.url).port));

/** Who asked may be gone by now. */
function tell(id: number, answer: unknown): void {
  if (process.connected) process.send?.({ id, answer });
}

/** The domain on this house's table. Core reads its environment as it is loaded, so that it is loaded last. */
async function loadUser({ url, tableName, database }: Gatehouse) {
  Object.assign(process.env, localAccount, {
    STAGE: "local",
    TABLE_NAME: tableName,
    DYNAMODB_ENDPOINT: database.endpoint,
    ISSUER: url,
    AUDIENCE: "gatehouse",
    SECRETS: `file:${join(dataDirectory, "secrets.json")}`,
  });
  return await import("@gatehouse/core/user");
}
