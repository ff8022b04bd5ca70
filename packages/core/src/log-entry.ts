import { redact } from "./redact.ts";

export type LogLevel = "INFO" | "WARN" | "ERROR";

/**
 * Everything that may stand in a log. There is no field for a body, a header, a cookie or a token, and what has no field
 * is dropped, whatever the compiler was told: so nothing of them is logged by accident.
 */
const fields = {
  /** The gateway's id of the request, which is the end of `instance` in a problem document. */
  correlationId: text,
  route: text,
  status: number,
  durationMs: number,
  /** Whether this request is the first of its container. */
  coldStart: flag,
  userId: text,
  error,
  /** Why, where nothing was thrown. */
  reason: text,
  /** SQS's id of the message with the job, and how often it has been delivered. */
  messageId: text,
  delivery: number,
  jobId: text,
  /** Of a job. */
  kind: text,
  /** The kind of a mail. */
  letter: text,
};

type Fields = { readonly [Field in keyof typeof fields]?: ReturnType<(typeof fields)[Field]> };

export type LogEntry = Fields & {
  /** @default "INFO" */
  readonly level?: LogLevel;
  readonly message: string;
};

/** An entry as it is written: of its fields those that are listed, and of these what is of their type. */
export function lineOf(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const line: Record<string, unknown> = {
    level: text(entry["level"]) ?? "INFO",
    message: text(entry["message"]),
    service: "gatehouse",
    timestamp: new Date().toISOString(),
  };
  for (const [field, take] of takes) {
    const value = entry[field];
    if (value !== undefined) line[field] = take(value);
  }
  return line;
}

const takes = Object.entries<(value: unknown) => unknown>(fields);

const longestText = 1000;
const longestStack = 4000;

function text(value: unknown, longest = longestText): string | undefined {
  return typeof value === "string" ? redact(value).slice(0, longest) : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

interface DescribedError {
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly stack?: string | undefined;
}

/** What was thrown, once it has been put into words. */
function error(value: unknown): DescribedError | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { code, reason, stack } = value as Record<keyof DescribedError, unknown>;
  return { code: text(code), reason: text(reason), stack: text(stack, longestStack) };
}
