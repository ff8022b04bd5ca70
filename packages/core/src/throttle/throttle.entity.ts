import { Entity } from "electrodb";
import { storage } from "../store/client.ts";

/**
 * What is counted within windows: requests of one source that have mail sent, mails of two kinds to one address, wrong
 * passwords of one source, and those of all sources.
 */
export const throttleKinds = ["mail", "notice", "confirm", "source", "all"] as const;

export type ThrottleKind = (typeof throttleKinds)[number];

/** How often something happened in one window: `throttle#<kind>#<hash>` / `window#<epoch seconds it ends at>`. */
export const ThrottleEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "throttle", version: "1" },
    attributes: {
      kind: { type: throttleKinds, required: true, readOnly: true },
      /** SHA-256 of whom it is counted for, cut to 128 bits: any text is safe in the key. */
      who: { type: "string", required: true, readOnly: true, validate: /^[0-9a-f]{32}$/ },
      endsAt: { type: "number", required: true, readOnly: true },
      count: { type: "number", required: true },
      ttl: { type: "number", required: true },
    },
    indexes: {
      window: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["kind", "who"], template: "throttle#${kind}#${who}", casing: "none" },
        sk: { field: "sk", composite: ["endsAt"], template: "window#${endsAt}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      },
    },
  },
  storage,
);
