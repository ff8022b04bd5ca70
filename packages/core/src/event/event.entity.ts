import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";

/** What happened to a person's account: `user#<id>` / `event#<ulid>`. Never a token, a code or a password. */
export const EventEntity = new Entity(
  {
    model: { service: "gatehouse", entity: "event", version: "1" },
    attributes: {
      userId: { type: "string", required: true, readOnly: true, validate: idPattern },
      eventId: { type: "string", required: true, readOnly: true, validate: idPattern },
      type: { type: ["refresh_token_reused"] as const, required: true, readOnly: true },
      /** RFC 3339 in UTC. */
      at: { type: "string", required: true, readOnly: true },
      sessionId: { type: "string", readOnly: true },
      sourceIp: { type: "string", required: true, readOnly: true },
      userAgent: { type: "string", readOnly: true },
    },
    indexes: {
      event: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["userId"], template: "user#${userId}", casing: "none" },
        sk: { field: "sk", composite: ["eventId"], template: "event#${eventId}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      },
    },
  },
  storage,
);
