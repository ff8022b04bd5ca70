import { Worker } from "node:worker_threads";
import type { Invocation } from "./context.ts";
import { allowedSeconds, DeadlinePassed, within } from "./deadline.ts";
import { describeFault, FunctionError, timedOut } from "./function-error.ts";
import type { ContainerData, ContainerMessage, InvokeMessage, OutputMessage } from "./messages.ts";

/** Lambda gives the init phase ten seconds before it starts to count as invocation. */
const INIT_SECONDS = 10;

/** Where a handler's console output goes. */
export interface Output {
  write(chunk: Uint8Array | string): unknown;
}

export interface ContainerOptions extends ContainerData {
  readonly functionName: string;
  readonly functionArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** In megabytes; the heap of the thread is held to it. */
  readonly memorySize: number;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Called once, as soon as the container takes no further invocation, for whatever reason. */
  readonly onDeath: () => void;
}

/** One execution environment: module scope stays warm, one invocation at a time. */
export interface Container {
  readonly isAlive: boolean;
  /** Takes and gives JSON. Rejects with a `FunctionError`. */
  invoke(payload: string, awsRequestId: string): Promise<string>;
  stop(): Promise<void>;
}

export function startContainer(options: ContainerOptions): Container {
  let death: FunctionError | undefined;
  let waiting: PromiseWithResolvers<ContainerMessage> | undefined;

  const worker = new Worker(new URL("./container-thread.ts", import.meta.url), {
    name: options.functionName,
    env: { ...options.environment },
    workerData: { module: options.module, exportName: options.exportName } satisfies ContainerData,
    resourceLimits: { maxOldGenerationSizeMb: options.memorySize },
    stdout: true,
    stderr: true,
  });
  // What Node itself has to say of the thread; a handler's output comes in messages.
  worker.stdout.on("data", (chunk: Uint8Array) => options.stdout.write(chunk));
  worker.stderr.on("data", (chunk: Uint8Array) => options.stderr.write(chunk));
  worker.on("message", (message: ContainerMessage | OutputMessage) => {
    if (message.kind === "output") options[message.stream].write(message.chunk);
    else waiting?.resolve(message);
  });
  worker.on("error", (thrown) => {
    const fault = describeFault(thrown);
    options.stderr.write(`Uncaught Exception ${fault.trace.join("\n") || fault.errorMessage}\n`);
    fail(new FunctionError(fault));
  });
  worker.on("exit", (code) => {
    const how = code === 0 ? "without providing a reason" : `with error: exit status ${code}`;
    fail(new FunctionError({ errorType: "Runtime.ExitError", errorMessage: `Runtime exited ${how}` }));
  });

  function fail(error: FunctionError): void {
    waiting?.reject(error);
    if (death) return;
    death = error;
    options.onDeath();
  }

  function nextMessage(): Promise<ContainerMessage> {
    waiting = Promise.withResolvers();
    // Nobody may be listening: a container can die before its first invocation reaches it.
    waiting.promise.catch(() => undefined);
    return waiting.promise;
  }

  const started = nextMessage();

  async function stop(): Promise<void> {
    fail(new FunctionError({ errorType: "Runtime.ExitError", errorMessage: "The function was stopped" }));
    await worker.terminate();
  }

  async function init(): Promise<void> {
    const message = await within(INIT_SECONDS + options.timeoutSeconds, started);
    if (message.kind === "fault") {
      await stop();
      throw new FunctionError(message.fault);
    }
  }

  async function run(payload: string, awsRequestId: string): Promise<string> {
    if (death) throw death;
    const invocation: Invocation = {
      awsRequestId,
      deadline: Date.now() + allowedSeconds(options.timeoutSeconds) * 1000,
      functionName: options.functionName,
      functionArn: options.functionArn,
      memorySize: options.memorySize,
    };
    const answered = nextMessage();
    worker.postMessage({ payload, invocation } satisfies InvokeMessage);
    const message = await within(options.timeoutSeconds, answered);
    if (message.kind === "fault") throw new FunctionError(message.fault);
    return message.kind === "answer" ? message.payload : "null";
  }

  return {
    get isAlive() {
      return death === undefined;
    },
    stop,
    async invoke(payload, awsRequestId) {
      try {
        await init();
        return await run(payload, awsRequestId);
      } catch (error) {
        if (!(error instanceof DeadlinePassed)) throw error;
        await stop();
        throw timedOut(awsRequestId, options.timeoutSeconds);
      }
    },
  };
}
