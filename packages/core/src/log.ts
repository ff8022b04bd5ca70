import { AsyncLocalStorage } from "node:async_hooks";
import { type LogEntry, lineOf } from "./log-entry.ts";

export { type LogEntry, type LogLevel, lineOf } from "./log-entry.ts";

/** Takes each entry of this process to the log. */
export type LogSink = (entry: LogEntry) => void;

let sink: LogSink = (entry) => writeLine(lineOf(entry));

/** Writes one line of JSON to the log: only what `LogEntry` lists, each text without secrets and cut to a length. */
export function writeLog(entry: LogEntry): void {
  sink({ ...subject.getStore(), ...entry });
}

type Subject = Omit<LogEntry, "level" | "message">;

const subject = new AsyncLocalStorage<Subject>();

/** Runs something of which every line that is written is about this too, whoever writes it. */
export function logAbout<T>(about: Subject, run: () => T): T {
  return subject.run(about, run);
}

/** Has entries go elsewhere than straight to stdout, for example past a level. */
export function sendLogsTo(next: LogSink): void {
  sink = next;
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
