// The inside of a container: loads the handler's module once, then answers one invocation after another.
import { parentPort, workerData } from "node:worker_threads";
import { createContext, type LambdaContext } from "./context.ts";
import { describeFault, FunctionError } from "./function-error.ts";
import type { ContainerData, ContainerMessage, InvokeMessage, OutputMessage } from "./messages.ts";
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

function send(message: ContainerMessage | OutputMessage): void {
  parentPort?.postMessage(message);
}

/** Output goes out by the way of answers, in its order: a stream between threads asks for an answer to each chunk. */
function sendOutput(stream: OutputMessage["stream"]): void {
  process[stream].write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | (() => void),
    written?: () => void,
  ) => {
    const isEncoded = typeof chunk === "string" && typeof encoding === "string" && encoding !== "utf8";
    send({ kind: "output", stream, chunk: isEncoded ? Buffer.from(chunk, encoding) : chunk });
    const done = typeof encoding === "function" ? encoding : written;
    if (done) queueMicrotask(done);
    return true;
  };
}

sendOutput("stdout");
sendOutput("stderr");

try {
  const handler = await loadHandler(workerData as ContainerData);
  parentPort?.on("message", async (message: InvokeMessage) => send(await answer(handler, message)));
  send({ kind: "ready" });
} catch (thrown) {
  console.error("Init Error", thrown);
  send({ kind: "fault", fault: describeFault(thrown) });
}
