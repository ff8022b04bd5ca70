const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A duration as people say it, with the plural its language has for it: "24 hours", "15 Minuten". In the largest
 * unit that fits without a rest, days from two on; else in whole minutes, never more than there are.
 */
export function duration(seconds: number, tag: string): string {
  if (seconds >= 2 * day && seconds % day === 0) return inUnit(seconds / day, "day", tag);
  if (seconds >= hour && seconds % hour === 0) return inUnit(seconds / hour, "hour", tag);
  if (seconds >= minute) return inUnit(Math.floor(seconds / minute), "minute", tag);
  return inUnit(Math.floor(seconds), "second", tag);
}

function inUnit(count: number, unit: string, tag: string): string {
  return new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
