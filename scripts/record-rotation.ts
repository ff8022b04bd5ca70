import { keyIn, readRing } from "../packages/core/src/token/key-ring.ts";
import { openTable, type Where } from "./open-table.ts";
import type { SecretStore } from "./secret-store.ts";

/**
 * Puts on record that the keys of a place were turned. They are turned already, so that it could not be recorded is
 * told and changes nothing. Answers lines for the terminal.
 */
export async function recordRotation(
  command: string,
  store: SecretStore,
  where: Where,
): Promise<readonly string[]> {
  try {
    const { SIGNING_KEYS = "" } = await store.read();
    const kid = keyIn(readRing(SIGNING_KEYS), "current")?.kid ?? "none";
    const close = await openTable(where);
    try {
      const Event = await import("@gatehouse/core/event");
      const fact = { type: "key_rotated", actor: "operator", details: { command, kid } } as const;
      await Event.record(Event.stageChain, fact);
    } finally {
      await close();
    }
    return [];
  } catch (error) {
    return [`this is on no record: ${(error as Error).message}`];
  }
}
