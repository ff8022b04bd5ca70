import { needs } from "../../stacks/needs.ts";
import { assumptions, standing, stored, usage } from "./model.ts";
import type { Counts, Operation } from "./operation.ts";
import { cognitoFree, prices } from "./prices.ts";

/** What one operation costs, in dollars, by who bills it. */
export interface Cost {
  readonly gateway: number;
  readonly lambda: number;
  readonly dynamodb: number;
  readonly logs: number;
  /** The queue, mail and what leaves AWS. */
  readonly rest: number;
}

const gigabyte = 1024 ** 3;

/** How long Lambda bills for it, in seconds. */
export function billedSeconds({ function: name, requests, hashes }: Operation): number {
  const { requestMs, pipelineMs, requestCpuMs, hashMs } = assumptions;
  const count = requests === "" ? 0 : requests.split(" ").length;
  const share = Math.min(1, memoryOf(name) / 1769);
  const cpuMs = pipelineMs + count * requestCpuMs + hashes * hashMs;
  return (cpuMs / share + count * requestMs) / 1000;
}

/** What it costs once. */
export function costOf(operation: Operation): Cost {
  const { function: name, reads, writes, logBytes, answerBytes } = operation;
  // The gateway asks the authorizer on its own account, and the queue calls the worker.
  const isRoute = name !== "authorizer" && name !== "worker";
  const logged = logBytes + assumptions.platformLogBytes + (isRoute ? assumptions.accessLogBytes : 0);
  const logPrice = prices.logIngested.dollars + prices.logStored.dollars * assumptions.logMonths;
  const isMail = name === "worker" && writes > 0;
  return {
    gateway: isRoute ? prices.gatewayRequest.dollars : 0,
    lambda:
      prices.lambdaRequest.dollars +
      billedSeconds(operation) * (memoryOf(name) / 1024) * prices.lambdaSecond.dollars,
    dynamodb: reads * prices.readUnit.dollars + writes * prices.writeUnit.dollars,
    logs: (logged / gigabyte) * logPrice,
    rest:
      (answerBytes / gigabyte) * prices.transferOut.dollars +
      (name === "worker" ? assumptions.queueRequestsAJob * prices.queueRequest.dollars : 0) +
      (isMail ? prices.mail.dollars : 0),
  };
}

export function total(cost: Cost): number {
  return Object.values(cost).reduce((sum: number, each: number) => sum + each, 0);
}

/** What a month costs with so many monthly users. */
export interface Month extends Cost {
  readonly storage: number;
  /** Whether or not anybody comes. */
  readonly fixed: number;
  readonly cognito: number;
}

export function monthOf(users: number, { operations, items }: Counts): Month {
  const costs = Object.entries(operations).map(([name, operation]) => {
    const times = users * (usage[name] ?? 0);
    const entries = Object.entries(costOf(operation)).map(([part, dollars]) => [part, dollars * times]);
    return Object.fromEntries(entries) as Record<keyof Cost, number>;
  });
  const sum = (part: keyof Cost) => costs.reduce((dollars, cost) => dollars + cost[part], 0);
  return {
    gateway: sum("gateway"),
    lambda: sum("lambda"),
    dynamodb: sum("dynamodb"),
    logs: sum("logs"),
    rest: sum("rest"),
    storage: (users * bytesAUser(items) * (prices.storage.dollars + prices.backup.dollars)) / gigabyte,
    fixed:
      standing.metrics * prices.metric.dollars +
      standing.alarms * prices.alarm.dollars +
      standing.keys * prices.key.dollars +
      assumptions.queuePolls * prices.queueRequest.dollars,
    cognito: Math.max(0, users - cognitoFree) * prices.cognitoUser.dollars,
  };
}

/** What the table holds for each monthly user once it is as old as its events become. */
function bytesAUser(items: Counts["items"]): number {
  const sizeOf = (name: string) => (items[name] ?? 0) + stored.bytesAnItem;
  const account = sizeOf("user") + sizeOf("login") + sizeOf("mark") + stored.sessions * sizeOf("session");
  // One refresh of 32 is recorded.
  const refreshes = (usage["refresh"] ?? 0) / 32;
  const events = stored.recorded.reduce((sum, name) => sum + (usage[name] ?? 0), refreshes);
  // Once in the table and once in the index.
  return stored.accounts * account + events * stored.eventMonths * sizeOf("event") * 2;
}

function memoryOf(name: string): number {
  return (needs as Readonly<Record<string, { readonly memoryMb: number }>>)[name]?.memoryMb ?? 512;
}
