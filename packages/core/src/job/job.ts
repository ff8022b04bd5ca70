import { AuthError } from "../error.ts";
import { idPattern, newId } from "../id.ts";
import { readMailEvent, type Verdict } from "../mail/ses-event.ts";

/** What is left to do once a request has been answered, by kind. Addresses are as typed. */
interface Kinds {
  /** Somebody registered, or tried to with an address that is taken. */
  readonly registered: { readonly userId: string; readonly email: string };
  readonly verify_email: { readonly email: string };
  readonly reset_password: { readonly email: string };
  readonly change_email: { readonly userId: string; readonly newEmail: string };
  readonly password_changed: { readonly userId: string };
  readonly email_changed: { readonly userId: string; readonly oldEmail: string; readonly newEmail: string };
  readonly account_deleted: { readonly email: string; readonly locale?: string };
  /** Removes what a request under way may have written for an account while it was erased, or its sessions ended. */
  readonly tidy: { readonly userId: string };
  /** SES tells what became of a mail. The only kind that is no job of ours when it is queued. */
  readonly mail_event: { readonly email: string; readonly verdict: Verdict; readonly at: string };
}

export type JobKind = keyof Kinds;

/** One job. `id` stays the same however often it is delivered. */
export type Job<Kind extends JobKind = JobKind> = {
  readonly [K in Kind]: { readonly id: string; readonly kind: K } & Kinds[K];
}[Kind];

/** A job before it is queued. Its id is a new one, unless it is that of a try before. */
export type JobOrder<Kind extends JobKind = JobKind> = {
  readonly [K in Kind]: { readonly id?: string; readonly kind: K } & Kinds[K];
}[Kind];

/** The members of each kind beside `id` and `kind`. All are texts; those with a question mark may be absent. */
const members: { readonly [Kind in JobKind]: readonly string[] } = {
  registered: ["userId", "email"],
  verify_email: ["email"],
  reset_password: ["email"],
  change_email: ["userId", "newEmail"],
  password_changed: ["userId"],
  email_changed: ["userId", "oldEmail", "newEmail"],
  account_deleted: ["email", "locale?"],
  tidy: ["userId"],
  mail_event: ["email", "verdict", "at"],
};

/**
 * Reads a job out of a message of the queue: our own, or what EventBridge hands on of SES.
 *
 * @throws AuthError `internal_error` where it is neither: only our own functions and that rule may write to the queue.
 */
export function readJob(body: string): Job {
  const message = parse(body);
  const mailEvent = readMailEvent(message);
  // Its own id is of another form, and nothing depends on it: what it does is told apart by when the mail was sent.
  const job = mailEvent ? { id: newId(), kind: "mail_event", ...mailEvent } : message;
  const { id, kind } = job;
  const isComplete = isId(id) && isKind(kind) && members[kind].every((member) => isMember(member, job));
  if (!isComplete) throw new AuthError("internal_error", { cause: "a message of the queue is no job" });
  return job as unknown as Job;
}

function isKind(value: unknown): value is JobKind {
  return typeof value === "string" && Object.hasOwn(members, value);
}

function isId(value: unknown): boolean {
  return typeof value === "string" && idPattern.test(value);
}

function isMember(member: string, job: Readonly<Record<string, unknown>>): boolean {
  const value = job[member.replace("?", "")];
  if (member === "userId") return isId(value);
  return typeof value === "string" || (value === undefined && member.endsWith("?"));
}

function parse(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
