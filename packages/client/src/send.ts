import { readProblem } from "./problem.ts";
import { failure, type Result, success } from "./result.ts";

export interface Sending {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly init: RequestInit;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** One try: the parsed answer, undefined where it has no body. What becomes of it, it never throws. */
export async function send(sending: Sending): Promise<Result<unknown>> {
  const { fetch, url, init, timeoutSeconds, signal } = sending;
  if (signal?.aborted) return aborted(signal);
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(url, {
      ...init,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!response.ok) return { data: undefined, error: await readProblem(response) } as Result<never>;
    // What it is cut off in, is not its end: then `text` rejects.
    return read(await response.text(), response.status);
  } catch (cause) {
    if (signal?.aborted) return aborted(signal);
    if (timeout.aborted) return failure("timeout", `No answer within ${timeoutSeconds} s`, { cause });
    return failure("network_error", "The API could not be reached", { cause });
  }
}

export function aborted(signal: AbortSignal): Result<never, "aborted"> {
  return failure("aborted", "The call was aborted", { cause: signal.reason });
}

/** What is under way for others too goes on; whoever has had enough of it does not wait any longer. */
export async function abortable<Data>(
  running: Promise<Result<Data>>,
  signal: AbortSignal | undefined,
): Promise<Result<Data>> {
  if (!signal) return running;
  if (signal.aborted) return aborted(signal);
  return new Promise((resolve) => {
    const abort = () => resolve(aborted(signal));
    signal.addEventListener("abort", abort, { once: true });
    void running.then(resolve).finally(() => signal.removeEventListener("abort", abort));
  });
}

function read(text: string, status: number): Result<unknown> {
  if (text === "") return success(undefined);
  try {
    return success(JSON.parse(text));
  } catch (cause) {
    return failure("unknown_error", "The answer is not JSON", { status, cause });
  }
}
