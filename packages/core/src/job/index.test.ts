import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, delayedJobs, failNext, jobs, openOutbox } from "../../../functions/test/outbox.ts";
import { captureStdout } from "../../../functions/test/stdout.ts";
import { codeOf } from "../../test/refusal.ts";
import { forgetConfig } from "../config.ts";
import { newId } from "../id.ts";
import * as Job from "./index.ts";

const written = captureStdout();
const another = await openOutbox();

afterAll(() => another.stop());

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  forgetConfig();
  clearOutbox();
});

const userId = newId();
const order = { kind: "registered", userId, email: "anna@example.com" } as const;

/** As often as the SDK tries. */
const everyTry = 2;

function set(settings: Record<string, string | undefined>): void {
  for (const [key, value] of Object.entries(settings)) vi.stubEnv(key, value);
  forgetConfig();
}

/** The module as a fresh process would load it. */
async function freshJob(): Promise<typeof Job> {
  vi.resetModules();
  return await import("./index.ts");
}

describe("a job", () => {
  it("is queued as one message of JSON, with an id of its own", async () => {
    await Job.enqueue(order);
    await Job.enqueue(order);
    const [first, second] = jobs();
    expect(first).toEqual({ id: expect.any(String), ...order });
    expect(Job.readJob(JSON.stringify(first))).toEqual(first);
    expect(second?.["id"]).not.toBe(first?.["id"]);
  });

  it("is delayed as it is asked, and else not at all", async () => {
    await Job.enqueue({ kind: "tidy", userId });
    await Job.enqueue({ kind: "tidy", userId }, { delaySeconds: 15 });
    await Job.enqueue({ kind: "tidy", userId }, {});
    expect(delayedJobs().map(({ delaySeconds }) => delaySeconds)).toEqual([0, 15, 0]);
  });

  it("is queued with SQS_ENDPOINT, on the queue that JOB_QUEUE_URL names", async () => {
    set({ JOB_QUEUE_URL: another.queueUrl });
    expect(await codeOf(Job.enqueue(order))).toBe("unavailable");
    set({ JOB_QUEUE_URL: another.queueUrl, SQS_ENDPOINT: another.endpoint });
    await (await freshJob()).enqueue(order);
    expect(jobs()).toMatchObject([order]);
  });

  it("without SQS_ENDPOINT is queued where the SDK finds SQS", async () => {
    set({ AWS_ENDPOINT_URL_SQS: process.env["SQS_ENDPOINT"], SQS_ENDPOINT: undefined });
    await (await freshJob()).enqueue(order);
    expect(jobs()).toMatchObject([order]);
  });

  it.each(["error", "throttled", "hang"] as const)(
    "is tried once more where the queue has an %s",
    async (how) => {
      failNext(1, "queue", how);
      await Job.enqueue(order);
      expect(jobs()).toHaveLength(1);
    },
  );

  it("whose answer is lost is queued twice under one id", async () => {
    failNext(1, "queue", "lost");
    await Job.enqueue(order);
    const queued = jobs();
    expect(queued).toHaveLength(2);
    expect(queued[0]).toEqual(queued[1]);
  });

  it.each(["error", "throttled", "lost", "hang"] as const)(
    "is unavailable after two tries that end in %s",
    async (how) => {
      failNext(everyTry, "queue", how);
      expect(await codeOf(Job.enqueue(order))).toBe("unavailable");
      expect(jobs()).toHaveLength(how === "lost" ? 2 : 0);
      await Job.enqueue(order);
      expect(jobs()).toHaveLength(1);
    },
  );

  it.each([undefined, ""])("is not queued where JOB_QUEUE_URL is %j, and the key is named", async (url) => {
    set({ JOB_QUEUE_URL: url });
    const message = "JOB_QUEUE_URL: is not set; it should be the queue's URL";
    await expect(Job.enqueue(order)).rejects.toThrow(message);
    await expect(Job.notify(order)).rejects.toThrow(message);
  });
});

describe("news of what has happened already", () => {
  it("is queued as a job and nothing is written", async () => {
    await Job.notify(order);
    expect(jobs()).toMatchObject([order]);
    expect(written.lines()).toEqual([]);
  });

  it("that is not taken throws nothing; the log learns its kind and nothing of the person", async () => {
    failNext(everyTry, "queue");
    await Job.notify(order);
    expect(jobs()).toEqual([]);
    expect(written.lines()).toEqual([
      {
        level: "ERROR",
        service: "gatehouse",
        timestamp: expect.any(String),
        message: "a job was not queued",
        kind: "registered",
      },
    ]);
  });
});
