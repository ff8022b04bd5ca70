/**
 * Watches what the tests of one file log: no password, token, code or cookie that they use may stand in it.
 * `test/environment.ts` starts it before each file and fails the file for what it finds.
 */
import { format } from "node:util";
import { idPattern } from "../../core/src/id.ts";

/** The fields of a request's body that nobody else may read. */
const secretFields = ["password", "currentPassword", "newPassword", "token", "code", "refreshToken"];

/** What tells itself: a JWT, or a password's hash. */
const shapes = [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/, /\$2[abxy]\$\d\d\$|\$argon2/];

/** What is shorter stands in a line by chance. Typed codes have six digits. */
const shortestSecret = 6;

const secrets = new Set<string>();
let output: string[] = [];

/** Notes what is written from now on, by whatever way. */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...chunk: unknown[]) => boolean;
    stream.write = (...chunk: unknown[]) => {
      noteOutput(chunk[0]);
      return write(...chunk);
    };
  }
  for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    // biome-ignore lint/suspicious/noConsole: what tests write with it is watched too
    const write = console[method].bind(console);
    console[method] = (...texts: unknown[]) => {
      noteOutput(`${format(...texts)}\n`);
      write(...texts);
    };
  }
}

/** Notes what was written where `watchOutput` does not see it. */
export function noteOutput(chunk: unknown): void {
  output.push(typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString());
}

/** Has these be found wherever they are logged. The id of a person is no secret, though some tests send one as a token. */
export function rememberSecrets(...texts: readonly unknown[]): void {
  for (const text of texts) {
    if (typeof text === "string" && text.length >= shortestSecret && !idPattern.test(text)) secrets.add(text);
  }
}

/** What goes one way between a client and the API, its header names in lower case. */
interface Message {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Each begins `name=value`. */
  readonly cookies?: readonly string[];
  readonly body?: unknown;
}

/** The same for what a request carries and an answer gives. */
export function rememberExchange(request: Message, answer: Message): void {
  const [sent, given] = [fieldsOf(request.body), fieldsOf(answer.body)];
  rememberSecrets(...secretFields.map((field) => sent[field]), given["token"], given["refreshToken"]);
  rememberSecrets(request.headers?.["authorization"]?.split(" ").at(-1));
  const pairs = [request, answer].flatMap(({ cookies = [] }) =>
    cookies.map((cookie) => cookie.split(";", 1)[0] ?? ""),
  );
  rememberSecrets(...pairs.map((pair) => pair.slice(pair.indexOf("=") + 1)));
}

/** The same for what stands in a mail: the token of each link, and the digits to type. */
export function rememberMail(text: string): void {
  rememberSecrets(
    ...Array.from(text.matchAll(/#token=(\S+)|\b(\d{6})\b/g), ([, token, digits]) => token ?? digits),
  );
}

/** What was written so far and holds a secret: for each secret the first line. All of it is forgotten. */
export function takeLeaks(): readonly string[] {
  const lines = output
    .join("")
    .split("\n")
    .filter((line) => !isMail(line))
    .map((line) => line.replaceAll(times, "a time"));
  output = [];
  const whole = lines.join("\n");
  const told = shapes.flatMap((shape) => whole.match(shape) ?? []);
  const found = [...told, ...[...secrets].filter((secret) => holds(whole, secret))];
  return found.map((secret) => `"${secret}" in ${lines.find((line) => line.includes(written(secret)))}`);
}

/** When a line was written (RFC 3339): its seconds look like a number that a test sends as a code, 12.345 for one. */
const times = /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** A word or a number only where it stands by itself: `password` is no part of `wrong_password`. */
function holds(text: string, secret: string): boolean {
  if (!text.includes(written(secret))) return false;
  return !/^\w+$/.test(secret) || new RegExp(`\\b${secret}\\b`).test(text);
}

/** As it stands in a line of JSON. */
function written(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

/** The mails of `MAIL_TRANSPORT=console`: the exception that docs/operations.md makes. */
function isMail(line: string): boolean {
  const { message, ...rest } = fieldsOf(line);
  return message === "mail" && Object.keys(rest).sort().join() === "level,service,subject,text,timestamp,to";
}

/** The fields of an object, or of one that is written as JSON; none of anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "string") return Object(value);
  try {
    return Object(JSON.parse(value));
  } catch {
    return {};
  }
}
