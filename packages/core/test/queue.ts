import { clearOutbox, failNext, jobs } from "../../functions/test/outbox.ts";
import { readJob } from "../src/job/index.ts";
import { runJob } from "../src/job/run.ts";

/** Does what was queued since the last call, as the worker would, and answers of what kinds it was. */
export async function doQueuedJobs(): Promise<readonly string[]> {
  const queued = jobs().map((job) => readJob(JSON.stringify(job)));
  for (const job of queued) await runJob(job);
  return queued.map(({ kind }) => kind);
}

/** The kinds of the jobs that were queued since the last call. */
export function queuedKinds(): readonly string[] {
  return jobs().map(({ kind }) => String(kind));
}

/** Runs something while the queue takes nothing. */
export async function withoutQueue<T>(run: () => Promise<T>): Promise<T> {
  clearOutbox();
  failNext(Number.POSITIVE_INFINITY, "queue");
  try {
    return await run();
  } finally {
    clearOutbox();
  }
}
