type Recorder = (setting: string) => Promise<void>;

let recorder: Recorder | undefined;

/** Names what puts a refused setting on record. Functions that record nothing have none, and do not load it for this. */
export function recordRefusalsBy(record: Recorder): void {
  recorder = record;
}

/** What has been told in this process: a fault of the stage is the same for every request. */
const told = new Set<string>();

/**
 * Puts on record, once for each process, that a setting or a secret could not be used. Answers whether that was done:
 * the function may not be one that records, and the secret may be the very one that events are chained with.
 */
export async function recordRefusal(setting: string): Promise<boolean> {
  if (recorder === undefined || told.has(setting)) return false;
  told.add(setting);
  return recorder(setting).then(
    () => true,
    () => false,
  );
}
