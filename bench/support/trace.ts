import type { Answer } from "./send.ts";

/** Told anew with each answer: when, in which request, how long to wait. That they are there must be alike all the same. */
const passing = new Set(["date", "apigw-requestid", "retry-after"]);

const ulid = /[0-7][0-9a-hjkmnp-tv-z]{25}/g;
const timestamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const instance = /urn:request:[\w=-]+/g;

/** All that can be seen of an answer but its time, with what is of this one request and this one address left out. */
export function traceOf({ status, headers, body }: Omit<Answer, "milliseconds">, email: string): string {
  const lines = headers.map(([name, value]) => `${name}: ${passing.has(name) ? "..." : value}`);
  const neutralBody = body
    .replaceAll(email, "EMAIL")
    .replaceAll(instance, "INSTANCE")
    .replaceAll(ulid, "ID")
    .replaceAll(timestamp, "TIME");
  return [status, ...lines, neutralBody].join("\n");
}
