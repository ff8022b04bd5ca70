import { expect } from "vitest";
import { type Line, overLine, type Try, type WireAnswer } from "../../../core/test/faulty-transport.ts";
import type { Answer } from "../call.ts";
import type { Fault } from "./faults.ts";
import { type Rehearsal, rewind } from "./rehearsal.ts";

/** Which tries a fault strikes: the first of one call, all of that call, or all of it and of every call after it. */
export type Span = "once" | "lasting" | "from there on";

/** A fault and the call of a request that it strikes, counted from 0. */
export interface Case {
  readonly about: string;
  readonly at: number;
  readonly fault: Fault;
}

/** Each of these faults at each of these calls that it can happen to. */
export function casesOf(calls: readonly Try[], faults: readonly Fault[]): readonly Case[] {
  const cases = faults.flatMap((fault) =>
    calls.flatMap(({ operation }, at) => {
      const about = `call ${at + 1}, ${operation}, meets ${fault.name}`;
      return canMeet(fault, operation) ? [{ about, at, fault }] : [];
    }),
  );
  expect(cases).not.toEqual([]);
  return cases;
}

/** Sends a request as if for the first time while a fault strikes, and answers when the line is silent again. */
export async function struck(rehearsal: Rehearsal, each: Case, span: Span): Promise<Answer> {
  await rewind(rehearsal);
  return underFault(each, span, rehearsal.send);
}

/** Runs something while a fault strikes, and holds its tries to what the clients are configured for. */
export async function underFault<T>(
  { at, fault, about }: Case,
  span: Span,
  run: () => Promise<T>,
): Promise<T> {
  const tries = new Map<string, string[]>();
  const underWay: Promise<WireAnswer>[] = [];
  const line: Line = async ({ call, operation, ...rest }, send) => {
    const made = [...(tries.get(call) ?? []), operation];
    tries.set(call, made);
    const index = [...tries.keys()].indexOf(call);
    const isStruck =
      index === at ? span !== "once" || made.length === 1 : span === "from there on" && index > at;
    const attempt = { call, operation, ...rest };
    const answering = isStruck && canMeet(fault, operation) ? fault.strike(attempt, send) : send();
    underWay.push(answering);
    return answering;
  };
  const answer = await overLine(line, run);
  await Promise.allSettled(underWay);
  expect(tries.size, about).toBeGreaterThan(at);
  for (const [operation, ...more] of tries.values()) expect(more.length, about).toBeLessThan(most(operation));
  return answer;
}

function canMeet({ operations }: Fault, operation: string): boolean {
  return operations === undefined || operations.includes(operation);
}

/** So many tries of one call are made: as the clients say; and of a transaction that collides, five. */
function most(operation = ""): number {
  if (operation === "TransactWriteItems") return 5;
  return operation.startsWith("Send") ? 2 : 3;
}
