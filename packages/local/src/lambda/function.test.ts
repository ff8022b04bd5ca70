import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createFunction, type FunctionOptions, type LocalFunction } from "./function.ts";

const handlers = new URL("../../test/handlers/container.ts", import.meta.url);
const started: LocalFunction[] = [];

function start(exportName: string, options: Partial<FunctionOptions> = {}): LocalFunction {
  const silent = { write: () => true };
  const made = createFunction({
    module: handlers,
    exportName,
    timeoutSeconds: 30,
    stdout: silent,
    stderr: silent,
    ...options,
  });
  started.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((made) => made.stop()));
});

interface Count {
  threadId: number;
  call: number;
  mostAtOnce: number;
}

async function invokeAll(made: LocalFunction, times: number, event: unknown = {}): Promise<Count[]> {
  return (await Promise.all(Array.from({ length: times }, () => made.invoke(event)))) as Count[];
}

test("module scope stays warm from one invocation to the next", async () => {
  const count = start("count", { concurrency: 1 });
  expect(await count.invoke({})).toMatchObject({ call: 1 });
  expect(await count.invoke({})).toMatchObject({ call: 2 });
});

test("a container takes one invocation at a time and the others queue", async () => {
  const answers = await invokeAll(start("count", { concurrency: 1 }), 5, { ms: 5 });
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1);
  expect(answers.map(({ call }) => call)).toEqual([1, 2, 3, 4, 5]);
  expect(answers.every(({ mostAtOnce }) => mostAtOnce === 1)).toBe(true);
});

test("parallel invocations get containers of their own, up to the limit", async () => {
  const answers = await invokeAll(start("count", { concurrency: 3 }), 9, { ms: 50 });
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(3);
  expect(answers.every(({ mostAtOnce }) => mostAtOnce === 1)).toBe(true);
});

test("a second invocation after the first reuses its container though more are allowed", async () => {
  const count = start("count", { concurrency: 4 });
  const [first] = await invokeAll(count, 1);
  const [second] = await invokeAll(count, 1);
  expect(second).toMatchObject({ threadId: first?.threadId, call: 2 });
});

test("two functions of one module share no module scope", async () => {
  await start("count").invoke({});
  expect(await start("count").invoke({})).toMatchObject({ call: 1 });
});

test("a handler sees its own environment and nothing of the process's", async () => {
  process.env["LEAK_ME"] = "1";
  const environment = start("environment", {
    name: "users",
    environment: { TABLE_NAME: "t" },
    region: "eu-west-1",
  });
  expect(await environment.invoke({})).toEqual({
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
    AWS_LAMBDA_FUNCTION_NAME: "users",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_REGION: "eu-west-1",
    TABLE_NAME: "t",
  });
  delete process.env["LEAK_ME"];
});

test("the context names the invocation and counts down to the time-out", async () => {
  const answer = await start("context", { name: "me", timeoutSeconds: 20, memorySize: 256 }).invoke(
    {},
    { awsRequestId: "request-1" },
  );
  expect(answer).toMatchObject({
    awsRequestId: "request-1",
    functionName: "me",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:me",
    memoryLimitInMB: "256",
  });
  const { remaining } = answer as { remaining: number };
  expect(remaining).toBeGreaterThan(0);
  expect(remaining).toBeLessThanOrEqual(20_000);
});

test("console output goes where it is sent", async () => {
  const written = { out: "", err: "" };
  const speak = start("speak", {
    stdout: { write: (chunk) => (written.out += chunk.toString()) },
    stderr: { write: (chunk) => (written.err += chunk.toString()) },
  });
  expect(await speak.invoke({})).toBeNull();
  await vi.waitFor(() => expect(written).toEqual({ out: "to stdout\n", err: "to stderr\n" }), 5_000);
});

test("a throw fails the invocation with its name and message, and the container goes on", async () => {
  const fail = start("fail", { concurrency: 1 });
  for (const message of ["first", "second"]) {
    await expect(fail.invoke({ message })).rejects.toMatchObject({ errorType: "RangeError", message });
  }
});

test("a throw is written to stderr, where an operator looks for it", async () => {
  let written = "";
  const fail = start("fail", { stderr: { write: (chunk) => (written += chunk.toString()) } });
  await expect(fail.invoke({ message: "look here" })).rejects.toThrow("look here");
  await vi.waitFor(
    () => expect(written).toMatch(/Invoke Error RangeError: look here[\s\S]+handlers\/container\.ts/),
    5_000,
  );
});

test.each([
  [0, "Runtime exited without providing a reason"],
  [3, "Runtime exited with error: exit status 3"],
])("process.exit(%i) fails the invocation, and the next one gets a new container", async (code, message) => {
  const exit = start("exit", { concurrency: 1 });
  const failures = await Promise.allSettled([exit.invoke({ code }), exit.invoke({ code })]);
  expect(failures).toEqual([
    { status: "rejected", reason: expect.objectContaining({ errorType: "Runtime.ExitError", message }) },
    { status: "rejected", reason: expect.objectContaining({ errorType: "Runtime.ExitError", message }) },
  ]);
});

test("an uncaught exception fails the invocation and is written to stderr", async () => {
  let written = "";
  const crash = start("crash", { stderr: { write: (chunk) => (written += chunk.toString()) } });
  await expect(crash.invoke({})).rejects.toThrow("nobody catches this");
  expect(written).toMatch(/Uncaught Exception Error: nobody catches this[\s\S]+handlers\/container\.ts/);
});

test("a container that dies while idle is replaced without anybody noticing", async () => {
  const crash = start("crashAfterwards", { concurrency: 1 });
  const first = await crash.invoke({});
  await vi.waitFor(async () => expect(await crash.invoke({})).not.toEqual(first), 5_000);
});

test.each(["hang", "spin"])(
  "a handler that does not answer (%s) times out and its container is replaced",
  async (name) => {
    const slow = start(name, { timeoutSeconds: 0.2, concurrency: 1 });
    const failures = await Promise.allSettled([slow.invoke({}), slow.invoke({})]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        reason: {
          errorType: "Sandbox.Timedout",
          message: expect.stringMatching(/Task timed out after 0\.20 seconds/),
        },
      });
    }
  },
);

test("a container that timed out is gone, its module scope with it", async () => {
  const count = start("count", { timeoutSeconds: 0.3, concurrency: 1 });
  await count.invoke({});
  await expect(count.invoke({ ms: 60_000 })).rejects.toMatchObject({ errorType: "Sandbox.Timedout" });
  expect(await count.invoke({})).toMatchObject({ call: 1, mostAtOnce: 1 });
});

test("a busy handler stalls neither this thread nor its neighbours", async () => {
  const directory = await mkdtemp(join(tmpdir(), "gatehouse-"));
  const file = join(directory, "stop");
  const burning = start("burnUntil").invoke({ file });
  expect(await start("count").invoke({})).toMatchObject({ call: 1 });
  await writeFile(file, "");
  expect(await burning).toBe("burnt");
  await rm(directory, { recursive: true });
});

test.each([
  [
    "a module that throws",
    { module: new URL("../../test/handlers/broken.ts", import.meta.url) },
    "TypeError",
    /does not load/,
  ],
  ["a module that is not there", { module: "/no/such/file.ts" }, "Error", /Cannot find module/],
  ["an export that is missing", { exportName: "missing" }, "Runtime.HandlerNotFound", /missing is undefined/],
  [
    "an export that is no function",
    { exportName: "notAFunction" },
    "Runtime.HandlerNotFound",
    /not a function/,
  ],
])("%s fails every invocation with the reason", async (_what, options, errorType, message) => {
  const made = start("count", { concurrency: 1, ...options });
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(made.invoke({})).rejects.toMatchObject({
      errorType,
      message: expect.stringMatching(message),
    });
  }
});

test("an answer over 6 MB fails the invocation", async () => {
  const large = start("large");
  await expect(large.invoke({ bytes: 6_291_555 })).rejects.toMatchObject({
    errorType: "Function.ResponseSizeTooLarge",
  });
  expect(await large.invoke({ bytes: 6_291_554 })).toHaveLength(6_291_554);
});

test("an event over 6 MB is refused without an invocation", async () => {
  const count = start("count");
  await expect(count.invoke("x".repeat(6_291_556))).rejects.toMatchObject({
    errorType: "RequestEntityTooLargeException",
  });
  expect(await count.invoke({})).toMatchObject({ call: 1 });
});

test("an answer that is no JSON fails the invocation", async () => {
  await expect(start("unwritable").invoke({})).rejects.toThrow(/BigInt/);
});

test("a path and a file URL's text name a module as a URL does", async () => {
  for (const module of [handlers.pathname, handlers.href]) {
    expect(await start("count", { module }).invoke({})).toMatchObject({ call: 1 });
  }
});

test("stop fails what runs and what waits, and takes nothing more", async () => {
  const hang = start("hang", { concurrency: 1 });
  const pending = Promise.allSettled([hang.invoke({}), hang.invoke({})]);
  await hang.stop();
  expect((await pending).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(hang.invoke({})).rejects.toThrow("The function was stopped");
});

test("stop fails an invocation that has only just found its warm container", async () => {
  const count = start("count");
  await count.invoke({});
  const pending = Promise.allSettled([count.invoke({ ms: 60_000 })]);
  await count.stop();
  expect(await pending).toMatchObject([{ reason: { errorType: "Runtime.ExitError" } }]);
});

test("stop ends a module that never loads", async () => {
  const stuck = start("handler", { module: new URL("../../test/handlers/never-loads.ts", import.meta.url) });
  const pending = Promise.allSettled([stuck.invoke({})]);
  await stuck.stop();
  expect(await pending).toMatchObject([{ reason: { errorType: "Runtime.ExitError" } }]);
});
