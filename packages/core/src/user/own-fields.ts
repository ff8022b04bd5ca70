import type { ProfileChange } from "@gatehouse/contract";
import { ownFields } from "./profile.ts";

type OwnField = (typeof ownFields)[number];

/** The person's own fields that have a value, picked by name: nothing else of a body ever reaches an item. */
export function given(fields: ProfileChange): { [Field in OwnField]?: string } {
  return Object.fromEntries(
    ownFields.flatMap((field) => (typeof fields[field] === "string" ? [[field, fields[field]]] : [])),
  );
}
