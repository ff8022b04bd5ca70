import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Container, type ContainerOptions, type Output, startContainer } from "./container.ts";
import type { LambdaContext } from "./context.ts";
import { FunctionError } from "./function-error.ts";
import { encodeEvent } from "./payload.ts";

export interface FunctionOptions {
  /** The file of the handler: a file URL, or a path. */
  readonly module: URL | string;
  /** @default "handler" */
  readonly exportName?: string;
  /** @default the export's name */
  readonly name?: string;
  /** The whole environment of the handler, beside the few variables Lambda sets itself. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 3, as Lambda has it */
  readonly timeoutSeconds?: number;
  /** In megabytes. @default 1024 */
  readonly memorySize?: number;
  /** Containers at most; further invocations queue. @default one per core, two at least */
  readonly concurrency?: number;
  /** @default "us-east-1" */
  readonly region?: string;
  /** @default "000000000000" */
  readonly accountId?: string;
  /** @default the process's */
  readonly stdout?: Output;
  readonly stderr?: Output;
}

/** A function that can be invoked. Both ends are JSON values; a failure is a `FunctionError`. */
export interface LocalFunction {
  readonly name: string;
  invoke(event: unknown, context?: Pick<LambdaContext, "awsRequestId">): Promise<unknown>;
  /** Ends every container at once; what was running or queued fails. */
  stop(): Promise<void>;
}

/**
 * A Lambda function on worker threads. Containers are started when they are needed, take one invocation
 * at a time, keep their module scope, and are replaced after a crash, `process.exit` or a time-out
 * (Lambda developer guide, "Lambda execution environment lifecycle").
 */
export function createFunction(options: FunctionOptions): LocalFunction {
  const settings = containerSettings(options);
  const concurrency = options.concurrency ?? Math.max(2, availableParallelism());
  const containers = new Set<Container>();
  const idle: Container[] = [];
  const queue: PromiseWithResolvers<Container>[] = [];
  let isStopped = false;

  function start(): Container {
    const container = startContainer({
      ...settings,
      onDeath: () => {
        containers.delete(container);
        const index = idle.indexOf(container);
        if (index >= 0) idle.splice(index, 1);
      },
    });
    containers.add(container);
    return container;
  }

  function acquire(): Container | Promise<Container> {
    const warm = idle.pop();
    if (warm) return warm;
    if (containers.size < concurrency) return start();
    const turn = Promise.withResolvers<Container>();
    queue.push(turn);
    return turn.promise;
  }

  function release(container: Container): void {
    if (isStopped) return;
    const next = queue.shift();
    if (next) next.resolve(container.isAlive ? container : start());
    else if (container.isAlive) idle.push(container);
  }

  return {
    name: settings.functionName,
    async invoke(event, context) {
      if (isStopped) throw stoppedError();
      const payload = encodeEvent(event);
      const container = await acquire();
      try {
        return JSON.parse(await container.invoke(payload, context?.awsRequestId ?? randomUUID()));
      } finally {
        release(container);
      }
    },
    async stop() {
      isStopped = true;
      for (const turn of queue.splice(0)) turn.reject(stoppedError());
      await Promise.all([...containers].map((container) => container.stop()));
    },
  };
}

function stoppedError(): FunctionError {
  return new FunctionError({ errorType: "Runtime.ExitError", errorMessage: "The function was stopped" });
}

function containerSettings(options: FunctionOptions): Omit<ContainerOptions, "onDeath"> {
  const exportName = options.exportName ?? "handler";
  const functionName = options.name ?? exportName;
  const memorySize = options.memorySize ?? 1024;
  const region = options.region ?? "us-east-1";
  return {
    module: moduleUrl(options.module),
    exportName,
    functionName,
    functionArn: `arn:aws:lambda:${region}:${options.accountId ?? "000000000000"}:function:${functionName}`,
    // What Lambda itself sets (developer guide, "Defined runtime environment variables"); a caller's value wins.
    environment: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
      ...options.environment,
    },
    timeoutSeconds: options.timeoutSeconds ?? 3,
    memorySize,
    stdout: options.stdout ?? process.stdout,
    stderr: options.stderr ?? process.stderr,
  };
}

function moduleUrl(module: URL | string): string {
  if (module instanceof URL) return module.href;
  return module.startsWith("file:") ? module : pathToFileURL(resolve(module)).href;
}
