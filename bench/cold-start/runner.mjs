/** Loads one bundle in a process of its own, has it answer an event where it is given one, and tells what that took. */
import { readFileSync } from "node:fs";

const [bundle, eventFile] = process.argv.slice(2);
const event = eventFile && JSON.parse(readFileSync(eventFile, "utf8"));
const context = { functionName: "bench", getRemainingTimeInMillis: () => 29_000 };

const begun = performance.now();
const { handler } = await import(bundle);
const answer = event && (await handler(event, context));
const milliseconds = performance.now() - begun;
const { rss } = process.memoryUsage();
process.stdout.write(`\n${JSON.stringify({ milliseconds, rss, status: answer?.statusCode })}`);
