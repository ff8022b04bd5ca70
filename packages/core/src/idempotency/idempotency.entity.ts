import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";

const digest = /^[0-9a-f]{64}$/;

/**
 * One operation that a caller named by an idempotency key: `idempotency#<hmac>` / `idempotency`. It tells neither the
 * key nor the request nor, without the key, the answer. Times are epoch seconds.
 */
export const IdempotencyEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "idempotency", version: "1" },
    attributes: {
      name: { type: "string", required: true, readOnly: true, validate: digest },
      /** What was asked for. A MAC and no plain hash, because a password may be in it. */
      request: { type: "string", required: true, readOnly: true, validate: digest },
      /** Given to whoever runs it, again after a crash too, so that it knows its own work. */
      runId: { type: "string", required: true, readOnly: true, validate: idPattern },
      /** Until then somebody is at it. */
      lockedUntil: { type: "number", required: true },
      /** Sealed with the caller's key. Absent until it is done. */
      answer: { type: "string" },
      expiresAt: { type: "number", required: true, readOnly: true },
      ttl: { type: "number", required: true, readOnly: true },
    },
    indexes: {
      operation: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["name"], template: "idempotency#${name}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        sk: { field: "sk", composite: [], template: "idempotency", casing: "none" },
      },
    },
  },
  storage,
);

/** An operation as it is stored. */
export interface IdempotencyItem {
  readonly name: string;
  readonly request: string;
  readonly runId: string;
  readonly lockedUntil: number;
  readonly answer?: string;
  readonly expiresAt: number;
  readonly ttl: number;
}
