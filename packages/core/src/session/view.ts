import type { Session } from "@gatehouse/contract";
import { toTimestamp } from "../clock.ts";
import type { SessionItem } from "./stored.ts";

/** A session as the API tells of it: these members and never another, and no token. */
export function toView(session: SessionItem, currentId: string): Session {
  return {
    id: session.sessionId,
    current: session.sessionId === currentId,
    label: session.label ?? null,
    sourceIp: session.sourceIp,
    userAgent: session.userAgent ?? null,
    createdAt: toTimestamp(session.createdAt),
    lastUsedAt: toTimestamp(session.rotatedAt),
    expiresAt: toTimestamp(Math.min(session.idleExpiresAt, session.expiresAt)),
  };
}
