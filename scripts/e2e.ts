/** `npm run e2e -- --url <URL>`: walks a deployed API, or npm start's, from end to end, as a client of it does. */
import { parseArgs } from "node:util";
import { createCheckedFetch } from "./e2e/checked-fetch.ts";
import { type Step, stepsOf } from "./e2e/steps.ts";
import { Skipped, Walk, type WalkOptions } from "./e2e/walk.ts";

const usage = `Usage: npm run e2e -- --url <URL> [options]

  --url <URL>              of the API: what the deploy told as ApiUrl, or http://localhost:3000
  --origin <URL>           a page that the stage allows; without it no preflight is sent
  --email, --password      of an account that is there; without it one is made, and deleted. A stage that wants emails
                           verified before the first log-in needs it
  --cache-seconds <n>      how long the stage keeps the authorizer's answer (60)`;

const options = read(process.argv.slice(2));
if (options) process.exitCode = (await walk(options)) ? 0 : 1;
else {
  console.error(usage);
  process.exitCode = 1;
}

async function walk(options: WalkOptions): Promise<boolean> {
  const http = await createCheckedFetch(options.base).catch((error: Error) => {
    console.error(`${options.base} cannot be walked: ${error.message}`);
  });
  if (!http) return false;
  const person = new Walk(options, http);
  if (http.issuer !== options.base) console.log(`note     it calls itself ${http.issuer}`);
  const steps = stepsOf(person.isOwn);
  for (const step of steps) {
    if (await take(step, person)) continue;
    await leave(person);
    return false;
  }
  if (!person.isOwn) await leave(person);
  console.log(`\n${options.base} was walked from end to end: ${steps.length} steps.`);
  return true;
}

/** Each is built on those before it, so the first that fails is the last. */
async function take({ title, take: run }: Step, person: Walk): Promise<boolean> {
  const startedAt = performance.now();
  try {
    await run(person);
    const faults = person.http.takeFaults();
    if (faults.length > 0) throw new Error(faults.join("\n"));
    console.log(`ok       ${title} (${Math.round(performance.now() - startedAt)} ms)`);
    return true;
  } catch (error) {
    const isSkipped = error instanceof Skipped;
    console.log(`${isSkipped ? "skipped  " : "FAILED   "}${title}: ${(error as Error).message}`);
    return isSkipped;
  }
}

/** An account that was made for the walk goes with it, however far it got; from another one it logs out. */
async function leave({ isOwn, auth, email, password }: Walk): Promise<void> {
  if (!isOwn) return void (await auth.logout());
  if (auth.session.status !== "active") await auth.login({ email, password });
  await auth.deleteMe({ password });
}

function read(args: readonly string[]): WalkOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: "string" },
        origin: { type: "string" },
        email: { type: "string" },
        password: { type: "string" },
        "cache-seconds": { type: "string", default: "60" },
      },
    });
    const { url, origin, email, password, "cache-seconds": cacheSeconds } = values;
    const isWhole = URL.canParse(url ?? "") && /^\d+$/.test(cacheSeconds) && !email === !password;
    if (!isWhole) return undefined;
    return {
      base: String(url).replace(/\/+$/, ""),
      origin,
      account: email && password ? { email, password } : undefined,
      cacheSeconds: Number(cacheSeconds),
    };
  } catch {
    return undefined;
  }
}
