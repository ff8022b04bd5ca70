// Handlers that show what a container is: warm module scope, its own environment, a death of its own.
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";

let invocations = 0;
let running = 0;
let mostAtOnce = 0;

/** Waits `ms` and tells which thread it was, how often it was called and how many calls met here. */
export async function count({ ms = 0 }: { ms?: number }) {
  running += 1;
  mostAtOnce = Math.max(mostAtOnce, running);
  invocations += 1;
  const call = invocations;
  await sleep(ms);
  running -= 1;
  return { threadId, call, mostAtOnce };
}

export function environment() {
  return { ...process.env };
}

export async function context(_event: unknown, given: { getRemainingTimeInMillis(): number }) {
  return { ...given, remaining: given.getRemainingTimeInMillis() };
}

export async function speak() {
  console.log("to stdout");
  console.error("to stderr");
}

export async function fail({ message }: { message: string }) {
  throw new RangeError(message);
}

export async function exit({ code }: { code: number }) {
  process.exit(code);
}

export async function crash() {
  setImmediate(() => {
    throw new Error("nobody catches this");
  });
  await sleep(60_000);
}

/** Answers, then dies with nothing to do. */
export async function crashAfterwards() {
  setTimeout(() => {
    throw new Error("too late for the answer");
  }, 5);
  return { threadId };
}

export async function hang() {
  await sleep(600_000);
}

export async function spin() {
  for (;;);
}

/** Keeps its thread busy, without ever yielding, until the file is there. */
export async function burnUntil({ file }: { file: string }) {
  while (!existsSync(file));
  return "burnt";
}

export async function large({ bytes }: { bytes: number }) {
  return "x".repeat(bytes);
}

export async function unwritable() {
  return { big: 1n };
}

export const notAFunction = 42;
