export type { SqsEvent, SqsRecord } from "./event.ts";
export { md5Of } from "./message.ts";
export { createQueue, type DeadLetter, type Queue, type QueueOptions } from "./queue.ts";
