import { createHmac } from "node:crypto";
import { normaliseEmail } from "../user/email.ts";
import { auditKey } from "./audit-key.ts";

/** Whose record an event is in: a person's, that of an email nobody has, or the stage's own. */
export type Chain = `user#${string}` | `unknown#${string}` | typeof stageChain;

/** What happened to the stage and to no person. */
export const stageChain = "stage";

/** A person's record lies in their own partition. */
export function chainOf(userId: string): Chain {
  return `user#${userId}`;
}

/**
 * The record of an email that nobody has, so that a guess at it costs the same requests as one at a real account, and
 * operators see it. The email itself does not stand there: its MAC does.
 */
export async function strangersChain(email: string): Promise<Chain> {
  const mac = createHmac("sha256", await auditKey()).update(`unknown email|${normaliseEmail(email)}`);
  return `unknown#${mac.digest("hex").slice(0, 32)}`;
}

export const chainPattern = /^(?:user#[0-7][0-9a-hjkmnp-tv-z]{25}|unknown#[0-9a-f]{32}|stage)$/;
