import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";
import { seatPattern, sessionIdPattern } from "./seat.ts";
import { sessionKey } from "./stored.ts";

/**
 * One log-in of one person on one device: `user#<id>` / `session#<seat>`. A person has fifty seats and so never
 * more sessions (docs/decisions/0011). No token stands here: what is presented is checked against `generation`.
 * Times are epoch seconds.
 */
export const SessionEntity = /* @__PURE__ */ new Entity(
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
        pk: { field: "pk", composite: ["userId"], template: sessionKey.pk, casing: "none" },
        sk: { field: "sk", composite: ["seat"], template: sessionKey.sk, casing: "none" },
      },
    },
  },
  storage,
);
