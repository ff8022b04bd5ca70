import { Entity } from "electrodb";
import { storage } from "../store/client.ts";
import { profileAttributes } from "./profile.ts";

/** A person by id: `user#<id>` / `profile`. The partition holds everything else about them too. */
export const UserEntity = new Entity(
  {
    model: { service: "gatehouse", entity: "user", version: "1" },
    attributes: profileAttributes,
    indexes: {
      profile: {
        // biome-ignore-start lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        pk: { field: "pk", composite: ["userId"], template: "user#${userId}", casing: "none" },
        // biome-ignore-end lint/suspicious/noTemplateCurlyInString: ElectroDB fills these templates
        sk: { field: "sk", composite: [], template: "profile", casing: "none" },
      },
    },
  },
  storage,
);
