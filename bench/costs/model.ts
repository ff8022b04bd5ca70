import { counters } from "../../packages/functions/src/pipeline/counters.ts";
import { alarmRules } from "../../stacks/alarm-table.ts";

/** What is assumed, because only a deployed stage could measure it. Each of these is printed beside the result. */
export const assumptions = {
  /** A request to DynamoDB from Lambda, each after the other. */
  requestMs: 5,
  /**
   * Of a whole processor, which 1,769 MB are: the pipeline, and for each request to DynamoDB. A line through
   * what `growth` measures is 0.56 ms and 0.39 for each request, where a hash takes 56 ms: 0.75 and 0.52 where it takes
   * 75. Operations of many items or two hashes are above that line. Nobody measured it on Lambda.
   */
  pipelineMs: 1,
  requestCpuMs: 0.5,
  /** bcrypt at cost 10 in JavaScript, measured on a machine of 2025 at 71 ms. */
  hashMs: 75,
  /** `START`, `END` and `REPORT` of Lambda, with what CloudWatch adds to a line. */
  platformLogBytes: 350,
  /** The gateway's line on a request, the same. */
  accessLogBytes: 500,
  /** Send, receive and delete of a job. SQS bills each. */
  queueRequestsAJob: 3,
  /** Of each log: how long it is kept, in months (`logRetention` of prod). */
  logMonths: 3,
  /** An empty queue is asked by Lambda all the time: five pollers, 20 s each. */
  queuePolls: 5 * 3 * 60 * 24 * 30,
} as const;

/** What a stage like `prod` has whether or not anybody comes. */
export const standing = {
  /** Those of the requests, two of the authorizer, and what the gateway throttles. */
  metrics: Object.keys(counters).length + 3,
  alarms: Object.keys(alarmRules).length,
  /** Of the alarms' topic. */
  keys: 1,
} as const;

/** How often a monthly user does what, within a month. */
export const usage: Readonly<Record<string, number>> = {
  register: 0.1,
  "verify an email": 0.1,
  "log in": 3.5,
  "log in from somewhere new": 0.5,
  "log in, wrong password": 0.4,
  "log in, made to wait": 0.02,
  refresh: 60,
  "ask the authorizer": 120,
  profile: 30,
  "change the profile": 0.1,
  "list sessions": 0.2,
  "log out": 1,
  "forgot the password": 0.05,
  "reset the password": 0.04,
  "mail a link": 0.25,
  "tidy up": 0.05,
};

/** What is stored for each monthly user: there are more accounts than people who come in a month. */
export const stored = {
  accounts: 3,
  /** What leaves an event. */
  recorded: [
    "register",
    "verify an email",
    "log in",
    "log in from somewhere new",
    "log in, wrong password",
    "log out",
    "reset the password",
  ],
  /** At a time, of each account. */
  sessions: 1,
  /** So long events are kept, in months: `EVENT_RETENTION_SECONDS`. */
  eventMonths: 13,
  /** DynamoDB bills for each item, and for each of the index, beside its attributes. */
  bytesAnItem: 100,
} as const;
