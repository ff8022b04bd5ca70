import { randomUUID } from "node:crypto";
import { limits } from "@gatehouse/contract";
import { readTable, type StoredItem } from "../../packages/core/test/items.ts";
import { type Consumed, itemBytes, onConsumed } from "../../packages/core/test/units.ts";
import { handlerOf } from "../../packages/functions/test/handler-of.ts";
import { jobs, postedMails } from "../../packages/functions/test/outbox.ts";
import { createFetch, type Invoke } from "../../packages/local/src/gateway/index.ts";
import { createInlineFunction } from "../../packages/local/src/lambda/index.ts";
import { loadInlineApi } from "../../packages/local/test/support/inline-api.ts";
import type { Counts, Operation } from "./operation.ts";

const password = "nine copper kettles 4";

/** What is kept of each line of the log beside its text (CloudWatch Logs, "PutLogEvents"). */
const bytesALine = 26;

/**
 * Does everything in this process, on its table, and counts what it costs.
 *
 * @param takeOutput what was written to stdout since it was asked last.
 */
export async function countOperations(takeOutput: () => string): Promise<Counts> {
  let consumed: Consumed[] = [];
  onConsumed((each) => consumed.push(each));
  const api = await loadInlineApi({ hasWorker: false });
  let sourceIp = "192.0.2.1";
  const routes = api.options.routes.map((route) => {
    const target: Invoke = (event, context) => route.target(from(sourceIp, event), context);
    return { ...route, target };
  });
  const ask = createFetch({ ...api.options, routes });
  const worker = createInlineFunction({
    handler: await handlerOf("worker"),
    name: "worker",
    timeoutSeconds: 30,
  });
  const operations: Record<string, Operation> = {};

  const send = async (what: string, body?: object, token?: string) => {
    const [method = "GET", path = "/"] = what.split(" ");
    const response = await ask(`http://localhost${path}`, {
      method,
      headers: {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const head = [...response.headers].reduce(
      (sum, [name, value]) => sum + name.length + value.length + 4,
      17,
    );
    return {
      status: response.status,
      bytes: head + text.length,
      body: (text ? JSON.parse(text) : {}) as Readonly<Record<string, string>>,
    };
  };
  const begin = () => {
    consumed = [];
    takeOutput();
  };
  const note = (name: string, inFunction: string, answerBytes: number, hashes: number) => {
    const touches = consumed.flatMap((each) => each.touches);
    const lines = normal(takeOutput());
    operations[name] = {
      function: inFunction,
      // What goes out at a time does so in any order.
      requests: consumed
        .map(({ operation }) => operation)
        .toSorted()
        .join(" "),
      reads: touches.reduce((sum, { reads }) => sum + reads, 0),
      writes: touches.reduce((sum, { writes }) => sum + writes, 0),
      entries: touches.filter(({ partition }) => partition.startsWith("gsi1 ")).length,
      hashes,
      logBytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + bytesALine, 0),
      answerBytes,
    };
  };
  /** Does it and keeps the count under a name. */
  const count = async (
    name: string,
    [inFunction, status, hashes = 0]: readonly [name: string, status: number, hashes?: number],
    ...args: Parameters<typeof send>
  ) => {
    begin();
    const answer = await send(...args);
    if (answer.status !== status) throw new Error(`${name}: ${answer.status} is not ${status}`);
    note(name, inFunction, answer.bytes, hashes);
    return answer;
  };
  /** Has the worker do what is queued, and counts the first of it. */
  const work = async (name?: string) => {
    begin();
    const [job, ...others] = jobs();
    const record = { messageId: randomUUID(), attributes: { ApproximateReceiveCount: "1" } };
    await worker.invoke({ Records: [{ ...record, body: JSON.stringify(job) }] });
    if (name) note(name, "worker", 0, 0);
    for (const each of others) await worker.invoke({ Records: [{ ...record, body: JSON.stringify(each) }] });
  };
  const linkTo = (email: string) => /#token=(\S+)/.exec(postedMails(email)[0]?.text ?? "")?.[1];

  // A container's first request says so in its log: everything is done twice, and the second time is counted.
  for (const email of ["first@example.com", "second@example.com"]) {
    const logIn = { email, password };
    await count("register", ["register", 201, 1], "POST /register", logIn);
    await work("mail a link");
    await count("verify an email", ["verifyEmail", 200], "POST /email/verify", { token: linkTo(email) });
    const { refreshToken, token } = (await count("log in", ["login", 200, 1], "POST /login", logIn)).body;
    await count("refresh", ["refresh", 200], "POST /refresh", { refreshToken });
    await count("profile, authorizer asked", ["me", 200], "GET /me", undefined, token);
    await count("profile", ["me", 200], "GET /me", undefined, token);
    await count("change the profile", ["changeMe", 200], "PATCH /me", { name: "Ada Lovelace" }, token);
    await count("list sessions", ["sessions", 200], "GET /me/sessions", undefined, token);
    await count("log out", ["logout", 204], "POST /logout", undefined, token);
    // After the log-out: while there is another session it is left to chance whether its seat is taken.
    sourceIp = `198.51.100.${email.length}`;
    await count("log in from somewhere new", ["login", 200, 1], "POST /login", logIn);
    sourceIp = "192.0.2.1";
    const mistaken = { email, password: "another password" };
    await count("log in, wrong password", ["login", 401, 1], "POST /login", mistaken);
    await count("forgot the password", ["forgotPassword", 202], "POST /password/forgot", { email });
    await work();
    const reset = { token: linkTo(email), password: "a fjord of quiet lamps" };
    await count("reset the password", ["resetPassword", 204, 1], "POST /password/reset", reset);
    await work("tidy up");
    const nobodys = { email: `x${email}`, password };
    for (let guess = 0; guess < limits.password.free; guess++) await send("POST /login", nobodys);
    await count("log in, made to wait", ["login", 429], "POST /login", nobodys);
    // There is no session left, and its size is asked for.
    await send("POST /login", { email, password: reset.password });
  }
  await api.stop();

  const { "profile, authorizer asked": asked, ...others } = operations;
  return {
    operations: {
      ...others,
      "ask the authorizer": difference(asked as Operation, operations["profile"] as Operation),
    },
    items: await sizes(),
  };
}

/** What the authorizer did: what a request cost more for which the gateway asked it. */
function difference(asked: Operation, kept: Operation): Operation {
  const requests = asked.requests.split(" ");
  for (const request of kept.requests.split(" ")) {
    const at = requests.indexOf(request);
    if (at < 0) throw new Error(`${asked.requests} lacks ${request}`);
    requests.splice(at, 1);
  }
  return {
    function: "authorizer",
    requests: requests.join(" "),
    reads: asked.reads - kept.reads,
    writes: asked.writes - kept.writes,
    entries: asked.entries - kept.entries,
    hashes: 0,
    logBytes: asked.logBytes - kept.logBytes,
    answerBytes: 0,
  };
}

/** The event as the gateway makes it of a request from another source. */
function from(sourceIp: string, event: unknown): object {
  const { requestContext } = event as { requestContext: { http: object } };
  const http = { ...requestContext.http, sourceIp };
  return { ...(event as object), requestContext: { ...requestContext, http } };
}

/** The mean size of the items of each entity. */
async function sizes(): Promise<Readonly<Record<string, number>>> {
  const groups = Object.groupBy(await readTable(), (item) => String(item["__edb_e__"]));
  const means = Object.entries(groups).map(([name, items = []]) => {
    const sum = items.reduce((total, item) => total + itemBytes(inOneShard(item)), 0);
    return [name, Math.round(sum / items.length)] as const;
  });
  return Object.fromEntries(means.toSorted());
}

/** An event with the number of its shard, which is by chance, of as many digits as any other's. */
function inOneShard(item: StoredItem): StoredItem {
  return item["shard"] === undefined ? item : { ...item, shard: 99, gsi1pk: `day#${item["day"]}#99` };
}

/** The lines of a log, with every duration of as many digits. */
function normal(output: string): readonly string[] {
  const lines = output.split("\n").filter((line) => line !== "");
  return lines.map((line) => line.replace(/"durationMs":[\d.]+/, '"durationMs":100'));
}
