import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";
import { seatPattern, sessionIdPattern } from "./seat.ts";

/**
 * One log-in of one person on one device: `user#<id>` / `session#<seat>`. A person has fifty seats and so never
 * more sessions (docs/decisions/0011). No token stands here: what is presented is checked against `generation`.
 * Times are epoch seconds.
 */
export const SessionEntity = new Entity(
  {
    model: { service: "gatehouse", entity: "session", version: "1" },
    attributes: {
      userId: { type: "string", required: true, readOnly: true, validate: idPattern },
      seat: { type: "string", required: true, readOnly: true, validate: seatPattern },
      sessionId: { type: "string", required: true, readOnly: true, validate: sessionIdPattern },
      /**
       * The person's epoch at the log-in, or at the change of password that kept this session; once theirs is
       * another, the session is over.
       */
      epoch: { type: "number", required: true },
      /** How often the refresh token was replaced. */
      generation: { type: "number", required: true },
      /** When it was last replaced, or the log-in. */
      rotatedAt: { type: "number", required: true },
      createdAt: { type: "number", required: true, readOnly: true },
      /** The session ends here if it is not refreshed before. */
      idleExpiresAt: { type: "number", required: true },
      /** The session ends here whatever happens. */
      expiresAt: { type: "number", required: true, readOnly: true },
      scope: { type: "string", required: true, readOnly: true },
      roles: { type: "list", items: { type: "string" }, required: true },
      label: { type: "string" },
      sourceIp: { type: "string", required: true },
      userAgent: { type: "string" },
      /** For DynamoDB's own clean-up, which is late: every read compares the times above. */
      ttl: { type: "number", required: true },
    },
    indexes: {
      session: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["userId"], template: "user#${userId}", casing: "none" },
        sk: { field: "sk", composite: ["seat"], template: "session#${seat}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      },
    },
  },
  storage,
);

/** A session as it is stored. */
export interface SessionItem {
  readonly userId: string;
  readonly seat: string;
  readonly sessionId: string;
  readonly epoch: number;
  readonly generation: number;
  readonly rotatedAt: number;
  readonly createdAt: number;
  readonly idleExpiresAt: number;
  readonly expiresAt: number;
  readonly scope: string;
  readonly roles: readonly string[];
  readonly label?: string;
  readonly sourceIp: string;
  readonly userAgent?: string;
  readonly ttl: number;
}

/** Whether neither of its two ends has come. `now` in epoch seconds. */
export function isRunning(session: Pick<SessionItem, "expiresAt" | "idleExpiresAt">, now: number): boolean {
  return now < session.expiresAt && now < session.idleExpiresAt;
}
