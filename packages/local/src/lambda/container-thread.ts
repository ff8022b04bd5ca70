// The inside of a container: loads the handler's module once, then answers one invocation after another.
import { parentPort, workerData } from "node:worker_threads";
import { createContext, type LambdaContext } from "./context.ts";
import { describeFault, FunctionError } from "./function-error.ts";
import type { ContainerData, ContainerMessage, InvokeMessage } from "./messages.ts";
import { encodeResult } from "./payload.ts";

type Handler = (event: unknown, context: LambdaContext) => unknown;

async function loadHandler({ module, exportName }: ContainerData): Promise<Handler> {
  const loaded: Record<string, unknown> = await import(module);
  const handler = loaded[exportName];
  if (typeof handler !== "function") {
    throw new FunctionError({
      errorType: "Runtime.HandlerNotFound",
      errorMessage: `${exportName} is undefined or not a function in ${module}`,
    });
  }
  return handler as Handler;
}

async function answer(handler: Handler, { payload, invocation }: InvokeMessage): Promise<ContainerMessage> {
  try {
    const result = await handler(JSON.parse(payload), createContext(invocation));
    return { kind: "answer", payload: encodeResult(result) };
  } catch (thrown) {
    console.error(`${invocation.awsRequestId} Invoke Error`, thrown);
    return { kind: "fault", fault: describeFault(thrown) };
  }
}

function send(message: ContainerMessage): void {
  parentPort?.postMessage(message);
}

try {
  const handler = await loadHandler(workerData as ContainerData);
  parentPort?.on("message", async (message: InvokeMessage) => send(await answer(handler, message)));
  send({ kind: "ready" });
} catch (thrown) {
  console.error("Init Error", thrown);
  send({ kind: "fault", fault: describeFault(thrown) });
}
