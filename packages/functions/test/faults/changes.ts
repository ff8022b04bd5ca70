import type { Answer } from "../call.ts";
import type { Item } from "../table.ts";

/** What is kept beside the effect of a request: counters, answers that are remembered, the record of events. */
const bookkeeping = { pk: /^(?:(?:throttle|idempotency|unknown)#|stage$)/, sk: /^(?:event#|mark$)/ };

/** How often a code was tried, whatever came of it; and where the right password came from, whatever came of that. */
const besides = ["tries", "knownSources"];

function isBookkeeping(item: Item): boolean {
  return bookkeeping.pk.test(text(item, "pk")) || bookkeeping.sk.test(text(item, "sk"));
}

/** The effect of a request on the table, a line an item, such as `login changed: passwordHash updatedAt`. */
export function changesBetween(before: readonly Item[], after: readonly Item[]): readonly string[] {
  const then = byKey(before);
  const now = byKey(after);
  const lines = [...new Set([...then.keys(), ...now.keys()])].map((key) =>
    change(then.get(key), now.get(key)),
  );
  return lines.filter((line) => line !== undefined).toSorted();
}

function byKey(items: readonly Item[]): Map<string, Item> {
  const effects = items.filter((item) => !isBookkeeping(item));
  return new Map(effects.map((item) => [`${text(item, "pk")} ${text(item, "sk")}`, item]));
}

function change(then: Item | undefined, now: Item | undefined): string | undefined {
  if (!now) return then && `${entityOf(then)} removed`;
  const names = [...new Set([...Object.keys(then ?? {}), ...Object.keys(now)])].toSorted();
  if (!then) return `${entityOf(now)} added: ${names.join(" ")}`;
  const isChanged = (name: string) => JSON.stringify(then[name]) !== JSON.stringify(now[name]);
  const changed = names.filter((name) => !besides.includes(name) && isChanged(name));
  return changed.length > 0 ? `${entityOf(now)} changed: ${changed.join(" ")}` : undefined;
}

function entityOf(item: Item): string {
  return text(item, "__edb_e__");
}

function text(item: Item, name: string): string {
  return String(item[name]?.["S"]);
}

/** How many events are on record. */
export function countEvents(items: readonly Item[]): number {
  return items.filter((item) => text(item, "sk").startsWith("event#")).length;
}

/** An answer without what is another one's each time: texts, times and the order of names. */
export function shapeOf({ status, body, cookies }: Answer): object {
  return { status, cookies: cookies.length, body: masked(body) };
}

function masked(value: unknown): unknown {
  if (typeof value === "string") return "a text";
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, /expires/i.test(name) ? "a time" : masked(inner)]),
  );
}
