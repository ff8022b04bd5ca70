/**
 * SQS and SES for one test file: what the code under test sends is kept here, and no worker runs. `test/environment.ts`
 * opens it, so that JOB_QUEUE_URL and SES_ENDPOINT lead here.
 */
import { createMailbox, type Mail, type SentMail } from "../../local/src/mailbox/index.ts";
import { type Failure, type Operation, startServices } from "../../local/src/services/index.ts";
import { rememberMail } from "./leaks.ts";

/** A message on its way to the queue. */
export interface Queued {
  readonly body: string;
  readonly delaySeconds: number;
}

/** Anyone who is told of each message too, as a queue with a worker behind it. */
export type Follower = (message: Queued) => void;

/** A job as it was sent: its own fields, whatever they are. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into jobs of every kind
export type SentJob = Readonly<Record<string, any>>;

let queued: Queued[] = [];
let sent: SentMail[] = [];
let failures: { readonly operation: Operation; readonly how: Failure; left: number }[] = [];
const followers = new Set<Follower>();
const mailbox = createMailbox();

/** Starts it; `stop` ends it. */
export function openOutbox() {
  return startServices({
    send: (body, { delaySeconds }) => {
      const message = { body, delaySeconds };
      queued.push(message);
      for (const follow of followers) follow(message);
      return crypto.randomUUID();
    },
    deliver: (mail) => {
      sent.push(mail);
      rememberMail(mail.text);
      return mailbox.add(mail).id;
    },
    failure: (operation) => {
      const failing = failures.find((each) => each.operation === operation && each.left > 0);
      if (failing) failing.left -= 1;
      return failing?.how;
    },
  });
}

/** What was put on the queue since the last call, parsed, in its order. */
export function jobs(): SentJob[] {
  return delayedJobs().map(({ job }) => job);
}

/** The same with the delay that was asked for. */
export function delayedJobs(): { job: SentJob; delaySeconds: number }[] {
  const messages = queued;
  queued = [];
  return messages.map(({ body, delaySeconds }) => ({ job: JSON.parse(body), delaySeconds }));
}

/** What was sent by mail since the last call, in its order. */
export function mails(): SentMail[] {
  const recent = sent;
  sent = [];
  return recent;
}

/** Every mail of this file so far as the mailbox shows it, the newest first. */
export function postedMails(to?: string): readonly Mail[] {
  return mailbox.list(to);
}

/**
 * Makes the next requests fail. Each try of the SDK is one: to fail one call it takes as many as the client makes (three
 * by default). `error` is a 500, `throttled` a refusal for rate, `lost` takes the message and loses the answer, `hang`
 * never answers.
 */
export function failNext(tries: number, what: "queue" | "mail", how: Failure = "error"): void {
  failures.push({ operation: what === "queue" ? "SendMessage" : "SendEmail", how, left: tries });
}

/** Forgets jobs, mails and failures that are still to come. */
export function clearOutbox(): void {
  queued = [];
  sent = [];
  failures = [];
  mailbox.clear();
}

/** Tells of each message from now on, until the answer is called. */
export function followJobs(follower: Follower): () => void {
  followers.add(follower);
  return () => followers.delete(follower);
}
