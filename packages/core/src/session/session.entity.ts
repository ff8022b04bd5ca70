import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";

/** One log-in of one person on one device: `user#<id>` / `session#<id>`. Times are epoch seconds. */
export const SessionEntity = new Entity(
  {
    model: { service: "gatehouse", entity: "session", version: "1" },
    attributes: {
      userId: { type: "string", required: true, readOnly: true, validate: idPattern },
      sessionId: { type: "string", required: true, readOnly: true, validate: idPattern },
      createdAt: { type: "number", required: true, readOnly: true },
      /** The session ends here whatever happens. Compared on every read: DynamoDB deletes late. */
      expiresAt: { type: "number", required: true },
      sourceIp: { type: "string" },
      userAgent: { type: "string" },
      ttl: { type: "number", required: true },
    },
    indexes: {
      session: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["userId"], template: "user#${userId}", casing: "none" },
        sk: { field: "sk", composite: ["sessionId"], template: "session#${sessionId}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      },
    },
  },
  storage,
);
