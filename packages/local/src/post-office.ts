import { createMailbox, type Mail, type Mailbox } from "./mailbox/index.ts";
import { createQueue, type Queue, type QueueOptions } from "./queue/index.ts";
import { type RunningServices, startServices } from "./services/index.ts";
import { mailEventOf } from "./simulator.ts";

export interface PostOfficeOptions extends Pick<QueueOptions, "onDeadLetter"> {
  /** The function behind the queue. */
  readonly work: QueueOptions["invoke"];
  readonly onMail?: ((mail: Mail) => void) | undefined;
}

export interface PostOffice extends Pick<RunningServices, "queueUrl" | "endpoint"> {
  readonly mailbox: Mailbox;
  readonly queue: Queue;
  stop(): Promise<void>;
}

/** Where a person waits for the mail: a failure is tried again soon. */
const RETRY_SECONDS = 2;

/** The queue and the mailbox of this machine, and SQS and SES before them. */
export async function startPostOffice({
  work,
  onMail,
  onDeadLetter,
}: PostOfficeOptions): Promise<PostOffice> {
  const mailbox = createMailbox({ onMail });
  const queue = createQueue({
    invoke: work,
    visibilityTimeoutSeconds: RETRY_SECONDS,
    arn: "arn:aws:sqs:us-east-1:000000000000:jobs",
    ...(onDeadLetter && { onDeadLetter }),
  });
  const services = await startServices({
    send: queue.send,
    deliver: (sent) => {
      const mail = mailbox.add(sent);
      const becomes = mailEventOf(mail);
      if (becomes) queue.send(JSON.stringify(becomes));
      return mail.id;
    },
  });
  return {
    queueUrl: services.queueUrl,
    endpoint: services.endpoint,
    mailbox,
    queue,
    async stop() {
      await queue.stop();
      await services.stop();
    },
  };
}
