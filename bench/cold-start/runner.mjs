/** Loads one bundle in a process of its own, has it answer an event where it is given one, and tells what that took. */
const { readFileSync } = process.getBuiltinModule("node:fs");
const [bundle, eventFile] = process.argv.slice(2);
const event = eventFile && JSON.parse(readFileSync(eventFile, "utf8"));
const context = { functionName: "bench", getRemainingTimeInMillis: () => 29_000 };

const before = process.memoryUsage.rss();
const begun = performance.now();
const { handler } = await import(bundle);
const loaded = performance.now();
const rss = process.memoryUsage.rss() - before;
const answer = event && (await handler(event, context));
const answered = performance.now();
process.stdout.write(
  `\n${JSON.stringify({ load: loaded - begun, first: answered - begun, rss, status: answer?.statusCode })}`,
);
