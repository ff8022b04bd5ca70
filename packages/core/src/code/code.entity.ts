import { Entity } from "electrodb";
import { idPattern } from "../id.ts";
import { storage } from "../store/client.ts";

/** What a one-time code is for. A code of one purpose never serves another. */
export const purposes = ["verify_email", "reset_password", "change_email"] as const;

export type Purpose = (typeof purposes)[number];

/**
 * The one code of a person for one purpose: `user#<id>` / `code#<purpose>` (docs/decisions/0012). What is mailed does
 * not stand here: it is derived from `nonce` with a key that is not in the table. Times are epoch seconds.
 */
export const CodeEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "code", version: "1" },
    attributes: {
      userId: { type: "string", required: true, readOnly: true, validate: idPattern },
      purpose: { type: purposes, required: true, readOnly: true },
      nonce: { type: "string", required: true, validate: /^[0-9a-f]{32}$/ },
      /** The job that asked for it: delivered twice, it is answered with the same code. */
      jobId: { type: "string", required: true },
      /** The address that it is about: the one to verify, the account's own, or the new one. */
      email: { type: "string", required: true },
      /** The person's epoch: whatever ends their sessions voids their codes too. */
      epoch: { type: "number", required: true },
      /** How often the typed code was tried. */
      tries: { type: "number", required: true },
      typedExpiresAt: { type: "number", required: true },
      expiresAt: { type: "number", required: true },
      /** How many were asked for in the hour that ends at `hourEndsAt`. */
      asked: { type: "number", required: true },
      hourEndsAt: { type: "number", required: true },
      createdAt: { type: "number", required: true },
      ttl: { type: "number", required: true },
    },
    indexes: {
      code: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["userId"], template: "user#${userId}", casing: "none" },
        sk: { field: "sk", composite: ["purpose"], template: "code#${purpose}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
      },
    },
  },
  storage,
);

/** A code as it is stored. */
export interface CodeItem {
  readonly userId: string;
  readonly purpose: Purpose;
  readonly nonce: string;
  readonly jobId: string;
  readonly email: string;
  readonly epoch: number;
  readonly tries: number;
  readonly typedExpiresAt: number;
  readonly expiresAt: number;
  readonly asked: number;
  readonly hourEndsAt: number;
  readonly createdAt: number;
  readonly ttl: number;
}
