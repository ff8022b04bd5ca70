import { intercepted, type Request } from "./requests.ts";

/** Whether an outage swallows the request on its way, or its answer on the way back. */
export type Lost = "request" | "answer";

/**
 * Runs something while its request number `at`, counted from 0, gets no answer, however often the SDK sends it again,
 * or only so many `times`. Answers whether there was such a request.
 */
export async function withOutage(
  at: number,
  lost: Lost,
  run: () => Promise<unknown>,
  times: number = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  let count = 0;
  let left = times;
  let failing: string | undefined;
  const intercept = async ({ operation, input }: Request, send: () => Promise<void>) => {
    const text = operation + JSON.stringify(input);
    if (failing === undefined && count++ === at) failing = text;
    if (failing !== text || left-- <= 0) return send();
    if (lost === "answer") await send();
    throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
  };
  await intercepted(intercept, run);
  return failing !== undefined;
}
