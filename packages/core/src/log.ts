/**
 * Writes one line of JSON to the log. JSON escapes line breaks, so nothing a caller sends can start a line of
 * its own. Callers pass what may be known, by name: never a body, a header, a token or a whole error.
 */
export function writeLog(entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}
