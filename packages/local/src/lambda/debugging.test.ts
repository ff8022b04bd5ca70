import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { connectInspector, type InspectorSession, workerSession } from "./test/inspector-session.ts";

const handler = new URL("../../test/handlers/greet.ts", import.meta.url);
const debuggee = fileURLToPath(new URL("./test/debuggee.ts", import.meta.url));

/** Starts the debuggee under an inspector and hands out both addresses. Ends it whatever happens. */
async function withDebuggee(
  use: (gateway: string, inspector: InspectorSession) => Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", debuggee], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const [[gateway], inspector] = await Promise.all([
      once(createInterface(child.stdout), "line"),
      (async () => {
        for await (const line of createInterface(child.stderr)) {
          const url = /^Debugger listening on (ws:\S+)/.exec(line)?.[1];
          if (url) return connectInspector(url);
        }
        throw new Error("no inspector was opened");
      })(),
    ]);
    await use(gateway, inspector);
    inspector.close();
  } finally {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
}

/** The line (from 0) of the handler's file that holds this text. */
async function lineOf(text: string): Promise<number> {
  const lines = (await readFile(handler, "utf8")).split("\n");
  return lines.findIndex((line) => line.includes(text));
}

test("a breakpoint set in a handler's file, as VS Code sets it, stops the handler for as long as one looks", async () => {
  await withDebuggee(async (gateway, inspector) => {
    await inspector.send("NodeWorker.enable", { waitForDebuggerOnStart: true });
    const answer = fetch(`${gateway}/greet`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });

    const { sessionId } = await inspector.event("NodeWorker.attachedToWorker");
    const worker = workerSession(inspector, String(sessionId));
    await worker.send("Runtime.enable");
    await worker.send("Debugger.enable");
    const lineNumber = await lineOf("return { greeting }");
    await worker.send("Debugger.setBreakpointByUrl", { url: handler.href, lineNumber });
    await worker.send("Runtime.runIfWaitingForDebugger");

    // A worker that waited for its debugger stops once more before its first line; VS Code goes on by itself.
    expect(await worker.event("Debugger.paused")).toMatchObject({ reason: "Break on start" });
    await worker.send("Debugger.resume");

    const paused = (await worker.event("Debugger.paused")) as {
      hitBreakpoints: string[];
      callFrames: { callFrameId: string; functionName: string; location: { lineNumber: number } }[];
    };
    const [frame] = paused.callFrames;
    expect(paused.hitBreakpoints).toHaveLength(1);
    expect(frame).toMatchObject({ functionName: "handler", location: { lineNumber } });
    const evaluated = await worker.send("Debugger.evaluateOnCallFrame", {
      callFrameId: frame?.callFrameId,
      expression: "greeting",
    });
    expect(evaluated).toMatchObject({ result: { value: "hello nobody" } });

    // Longer than the function's time-out of a second, which does not run while one debugs.
    await sleep(1_500);
    await worker.send("Debugger.resume");
    const response = await answer;
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ greeting: "hello nobody" });
    worker.close();
  });
});
