import { Entity } from "electrodb";
import { storage } from "../store/client.ts";
import { chainPattern } from "./chain.ts";

/**
 * How far a record has come: `<chain>` / `mark`. It says where the next event goes, and without it the newest ones could
 * be removed and nothing would show.
 */
export const MarkEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "mark", version: "1" },
    attributes: {
      chain: { type: "string", required: true, readOnly: true, validate: chainPattern },
      /** The newest event's number, its hash, and when it may be gone. */
      number: { type: "number", required: true },
      hash: { type: "string", required: true, validate: /^[0-9a-f]{64}$/ },
      eventExpiresAt: { type: "number", required: true },
      /** Later than its event's own, so that a chain does not begin anew beside its last events. */
      ttl: { type: "number", required: true },
    },
    indexes: {
      mark: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["chain"], template: "${chain}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        sk: { field: "sk", composite: [], template: "mark", casing: "none" },
      },
    },
  },
  storage,
);

/** A mark as it is stored. */
export interface MarkItem {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
  readonly eventExpiresAt: number;
  readonly ttl: number;
}
