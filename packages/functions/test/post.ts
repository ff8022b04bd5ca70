import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import type { SentMail } from "../../local/src/mailbox/index.ts";
import { jobs, mails } from "./outbox.ts";

/** Does what is queued, as the worker would, and answers the mails that come of it. */
export async function doJobs(): Promise<SentMail[]> {
  for (const job of jobs()) await runJob(readJob(JSON.stringify(job)));
  return mails();
}

/** The token in the link to a page, `verify-email` or the like, of the first mail that has one. */
export function tokenIn(letters: readonly { readonly text: string }[], page: string): string {
  const link = new RegExp(`https://app\\.example\\.com/${page}#token=(\\S+)`);
  for (const { text } of letters) {
    const token = link.exec(text)?.[1];
    if (token) return token;
  }
  throw new Error(`no mail has a link to ${page}`);
}
