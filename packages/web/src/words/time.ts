const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const distances = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const units: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** A time in the reader's own time zone: `Nov 28, 2026, 1:22 AM`. */
export function dateOf(at: string): string {
  return dates.format(new Date(at));
}

/** How long ago: `3 hours ago`, `just now`; the date where that is more than a week. */
export function agoOf(at: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return dateOf(at);
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? [];
  return unit && size ? distances.format(Math.trunc(seconds / size), unit) : "just now";
}
