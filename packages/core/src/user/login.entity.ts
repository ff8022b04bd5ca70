import { Entity } from "electrodb";
import { storage } from "../store/client.ts";
import { profileAttributes } from "./profile.ts";

/**
 * A person by email: `email#<normalised>` / `login`. Its existence is the claim on the address, and it holds
 * all that a log-in needs. `passwordHash` is hidden: an ordinary read of this entity does not return it.
 */
export const LoginEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "login", version: "1" },
    attributes: {
      ...profileAttributes,
      normalisedEmail: { type: "string", required: true, readOnly: true, validate: /^[!-@[-~]{3,254}$/ },
      /**
       * Set where somebody else registered the address before it was verified: then only a reset, which replaces the
       * password, makes it anybody's (docs/decisions/0016).
       */
      contested: { type: "boolean" },
      /** Whether mails are taken at this address, and since when that holds (mail-status.ts). */
      mailStatus: { type: ["bounced", "complained", "proven"] as const },
      mailStatusAt: { type: "string" },
      /** Hashes of sources, the newest first (known-sources.ts). */
      knownSources: { type: "list", items: { type: "string", validate: /^[0-9a-f]{16}$/ } },
      passwordHash: { type: "string", required: true, hidden: true },
    },
    indexes: {
      login: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: {
          field: "pk",
          composite: ["normalisedEmail"],
          template: "email#${normalisedEmail}",
          casing: "none",
        },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        sk: { field: "sk", composite: [], template: "login", casing: "none" },
      },
    },
  },
  storage,
);
