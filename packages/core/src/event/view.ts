import type { Event } from "@gatehouse/contract";
import type { EventItem } from "./event.entity.ts";

/** An event as the API tells of it: these members and never another. */
export function toView(event: EventItem): Event {
  return {
    number: event.number,
    type: event.type,
    at: event.at,
    actor: event.actor,
    sessionId: event.sessionId ?? null,
    sourceIp: event.sourceIp ?? null,
    userAgent: event.userAgent ?? null,
    requestId: event.requestId,
    details: { ...event.details },
  };
}
