import { AsyncLocalStorage } from "node:async_hooks";
import { config } from "./config.ts";
import { type LogEntry, type LogLevel, lineOf } from "./log-entry.ts";

export { type LogEntry, type LogLevel, lineOf } from "./log-entry.ts";

const severity = { INFO: 0, WARN: 1, ERROR: 2 } as const satisfies Record<LogLevel, number>;

/**
 * Writes one line of JSON to the log: only what `LogEntry` lists, each text without secrets and cut to a length. Nothing
 * below `LOG_LEVEL` is written.
 */
export function writeLog(entry: LogEntry): void {
  const { level = "INFO" } = entry;
  if (severity[level] >= severity[leastLevel()]) writeLine(lineOf({ ...subject.getStore(), ...entry }));
}

/** Where the settings cannot be used, that is what the log has to tell. */
function leastLevel(): LogLevel {
  try {
    return config().logLevel;
  } catch {
    return "INFO";
  }
}

type Subject = Omit<LogEntry, "level" | "message">;

const subject = new AsyncLocalStorage<Subject>();

/** Runs something of which every line that is written is about this too, whoever writes it. */
export function logAbout<T>(about: Subject, run: () => T): T {
  return subject.run(about, run);
}

/**
 * Writes a mail to the log, link and code included. The one exception to what may stand in a log, for a stage whose
 * `MAIL_TRANSPORT` says so.
 */
export function writeMail(mail: Readonly<Record<"to" | "subject" | "text", string>>): void {
  writeLine({ ...lineOf({ message: "mail" }), ...mail });
}

/** What JSON leaves as it is and a viewer may break a line at or obey: DEL, C1, U+2028, U+2029, marks of direction. */
const control = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Writes an object as one line, whatever is in its texts. */
export function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line).replace(control, escaped)}\n`);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
