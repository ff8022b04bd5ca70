import { readFileSync } from "node:fs";
import type { Reply } from "./reply.ts";

const types = {
  "style.css": "text/css",
  "mail.css": "text/css",
  "copy.js": "text/javascript",
  "mail.js": "text/javascript",
} as const;

/** A style or a script of the pages; undefined for any other name. */
export function asset(name: string): Reply | undefined {
  if (!isAsset(name)) return undefined;
  const body = readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
  return { type: types[name], body, headers: { "cache-control": "no-cache" } };
}

function isAsset(name: string): name is keyof typeof types {
  return Object.hasOwn(types, name);
}
