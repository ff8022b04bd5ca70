import { Entity } from "electrodb";
import { storage } from "../store/client.ts";

/** Wrong passwords for one account, whoever sent them, or for one account by one who guesses. */
export const failuresKinds = ["account", "pair"] as const;

export type FailuresKind = (typeof failuresKinds)[number];

/** How many wrong passwords came in a row: `throttle#<kind>#<hash>` / `failures`. */
export const FailuresEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "failures", version: "1" },
    attributes: {
      kind: { type: failuresKinds, required: true, readOnly: true },
      /** SHA-256 of whom it is counted for, cut to 128 bits. */
      who: { type: "string", required: true, readOnly: true, validate: /^[0-9a-f]{32}$/ },
      count: { type: "number", required: true },
      /** When the last of them was counted, in epoch milliseconds. */
      lastAt: { type: "number", required: true },
      /** The try that was counted last, so that one whose answer was lost knows its own mark. */
      lastBy: { type: "string", required: true },
      ttl: { type: "number", required: true },
    },
    indexes: {
      failures: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["kind", "who"], template: "throttle#${kind}#${who}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        sk: { field: "sk", composite: [], template: "failures", casing: "none" },
      },
    },
  },
  storage,
);

/** A counter as it is stored. */
export interface FailuresItem {
  readonly count: number;
  readonly lastAt: number;
  readonly lastBy: string;
}
