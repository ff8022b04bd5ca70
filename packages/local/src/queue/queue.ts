import { failuresIn } from "./batch-answer.ts";
import { eventOf, type SqsEvent } from "./event.ts";
import { type Message, newMessage } from "./message.ts";

export interface QueueOptions {
  /** The function that the event source mapping calls, with ReportBatchItemFailures. */
  readonly invoke: (event: SqsEvent) => Promise<unknown>;
  /** Messages in an event at most. @default 10, as Lambda has it */
  readonly batchSize?: number;
  /** Batches at a time. @default 5, the number that Lambda begins with */
  readonly concurrency?: number;
  /** How long a message that failed stays hidden; counted from the failure. @default 30, as SQS has it */
  readonly visibilityTimeoutSeconds?: number;
  /** How often a message is received before it becomes a dead letter. @default 5 */
  readonly maxReceiveCount?: number;
  /** How often each message is delivered though the function dealt with it: SQS promises once at least. @default 1 */
  readonly deliveries?: number;
  /** @default "arn:aws:sqs:us-east-1:000000000000:queue" */
  readonly arn?: string;
  readonly onDeadLetter?: (letter: DeadLetter) => void;
}

/** A message that was received as often as it may be. `reason` says why it failed the last time. */
export interface DeadLetter extends Pick<Message, "body" | "receiveCount" | "reason"> {
  readonly messageId: string;
}

export interface Queue {
  /** Answers the message's id. */
  send(body: string, options?: { readonly delaySeconds?: number | undefined }): string;
  readonly deadLetters: readonly DeadLetter[];
  /** Waits until every message is dealt with or dead. One that was sent with a delay counts once that is over. */
  idle(): Promise<void>;
  /** Makes delayed and failed messages visible now, in place of their time. */
  skipWaiting(): void;
  /** Receives nothing more, and waits half a second for what runs. What is left on the queue is lost. */
  stop(): Promise<void>;
}

/** What requests get to finish in once the gateway stops. */
const GRACE_MS = 500;

/**
 * A standard queue of SQS with a dead-letter queue and a Lambda function behind it, in this process: at least once, in
 * no promised order (SQS developer guide, "Standard queues", "Visibility timeout", "Dead-letter queues").
 */
export function createQueue(options: QueueOptions): Queue {
  const { invoke, batchSize = 10, concurrency = 5, visibilityTimeoutSeconds = 30 } = options;
  const { maxReceiveCount = 5, deliveries = 1, arn = "arn:aws:sqs:us-east-1:000000000000:queue" } = options;
  const visible: Message[] = [];
  const hidden = new Map<Message, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  const deadLetters: DeadLetter[] = [];
  let idleness: PromiseWithResolvers<void> | undefined;
  let isScheduled = false;
  let isStopped = false;

  function isIdle(): boolean {
    const isRetried = (message: Message) => message.receiveCount > 0;
    return visible.length === 0 && running.size === 0 && ![...hidden.keys()].some(isRetried);
  }

  /** Later in this tick, so that what is sent together may travel in one batch. */
  function schedule(): void {
    if (isScheduled || isStopped) return;
    isScheduled = true;
    queueMicrotask(receive);
  }

  function receive(): void {
    isScheduled = false;
    while (!isStopped && visible.length > 0 && running.size < concurrency) {
      const { alive = [], dead = [] } = Object.groupBy(visible.splice(0, batchSize), (message) =>
        message.receiveCount < maxReceiveCount ? "alive" : "dead",
      );
      for (const message of dead) bury(message);
      if (alive.length > 0) start(alive);
    }
    if (!isIdle()) return;
    idleness?.resolve();
    idleness = undefined;
  }

  function start(batch: readonly Message[]): void {
    const run = deliver(batch).then(() => {
      running.delete(run);
      schedule();
    });
    running.add(run);
  }

  async function deliver(batch: readonly Message[]): Promise<void> {
    for (const message of batch) {
      message.receiveCount += 1;
      message.firstReceivedAt ??= Date.now();
    }
    const { failed, reason } = await ask(batch);
    for (const message of batch) {
      if (failed === "all" || failed.has(message.id)) {
        message.reason = reason;
        hide(message, visibilityTimeoutSeconds);
      } else if (message.receiveCount < deliveries) hide(message, 0);
    }
  }

  async function ask(batch: readonly Message[]): Promise<Failures> {
    const ids = batch.map(({ id }) => id);
    try {
      const failed = failuresIn(await invoke(eventOf(batch, arn)), ids);
      return {
        failed,
        reason: failed === "all" ? "the function's answer is malformed" : "reported as failed",
      };
    } catch (thrown) {
      return { failed: "all", reason: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }

  /** By a timer of its own and never by the date, which a test may have stopped. */
  function hide(message: Message, seconds: number): void {
    if (isStopped) return;
    if (seconds <= 0) {
      show(message);
      return;
    }
    const timer = setTimeout(() => show(message), seconds * 1000);
    timer.unref();
    hidden.set(message, timer);
  }

  function show(message: Message): void {
    clearTimeout(hidden.get(message));
    hidden.delete(message);
    visible.push(message);
    schedule();
  }

  function bury({ id, body, receiveCount, reason }: Message): void {
    const letter = { messageId: id, body, receiveCount, reason };
    deadLetters.push(letter);
    options.onDeadLetter?.(letter);
  }

  return {
    deadLetters,
    send(body, { delaySeconds = 0 } = {}) {
      const message = newMessage(body);
      hide(message, delaySeconds);
      return message.id;
    },
    idle() {
      if (isIdle()) return Promise.resolve();
      idleness ??= Promise.withResolvers();
      return idleness.promise;
    },
    skipWaiting() {
      for (const message of [...hidden.keys()]) show(message);
    },
    async stop() {
      isStopped = true;
      for (const timer of hidden.values()) clearTimeout(timer);
      hidden.clear();
      visible.length = 0;
      const grace = Promise.withResolvers<void>();
      const timer = setTimeout(grace.resolve, GRACE_MS);
      await Promise.race([Promise.all(running), grace.promise]);
      clearTimeout(timer);
      idleness?.resolve();
    },
  };
}

interface Failures {
  readonly failed: ReadonlySet<string> | "all";
  readonly reason: string;
}
