import { Entity } from "electrodb";
import { storage } from "../store/client.ts";
import { profileAttributes, userKey } from "./profile.ts";

/** A person by id: `user#<id>` / `profile`. The partition holds everything else about them too. */
export const UserEntity = /* @__PURE__ */ new Entity(
  {
    model: { service: "gatehouse", entity: "user", version: "1" },
    attributes: profileAttributes,
    indexes: {
      profile: {
        pk: { field: "pk", composite: ["userId"], template: userKey.pk, casing: "none" },
        sk: { field: "sk", composite: [], template: userKey.sk, casing: "none" },
      },
    },
  },
  storage,
);
