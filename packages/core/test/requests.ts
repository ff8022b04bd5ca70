import { client } from "../src/store/client.ts";

/** One request on its way to DynamoDB, as it goes over the wire: a retry of the SDK is another one. */
export interface Request {
  /** For example `GetItem`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Decides on a request: `send` passes it on, anything thrown is what the SDK sees in place of an answer. */
export type Interceptor = (request: Request, send: () => Promise<void>) => Promise<void>;

/** As much of the SDK's middleware stack as a test needs. */
interface Stack {
  add(middleware: Middleware, options: { name: string; step: "deserialize"; priority: "high" }): void;
  remove(name: string): boolean;
}

type Middleware = (
  next: (args: Arguments) => Promise<object>,
  context: { readonly commandName?: string },
) => (args: Arguments) => Promise<object>;

interface Arguments {
  readonly input: Request["input"];
}

/** Stands between the SDK's retries and the database while `run` runs, and answers what `run` answers. */
export async function intercepted<T>(intercept: Interceptor, run: () => Promise<T>): Promise<T> {
  const name = "test-interceptor";
  const middleware: Middleware = (next, context) => async (args) => {
    const operation = String(context.commandName).replace(/Command$/, "");
    let answer: object | undefined;
    await intercept({ operation, input: args.input }, async () => {
      answer = await next(args);
    });
    if (!answer) throw new Error("an interceptor must send or throw");
    return answer;
  };
  const stack = client.middlewareStack as unknown as Stack;
  stack.add(middleware, { name, step: "deserialize", priority: "high" });
  try {
    return await run();
  } finally {
    stack.remove(name);
  }
}

/** The requests that `run` makes, in their order. */
export async function requestsOf(run: () => Promise<unknown>): Promise<readonly Request[]> {
  const requests: Request[] = [];
  await intercepted(async (request, send) => {
    requests.push(request);
    await send();
  }, run);
  return requests;
}

/** How often a database that fails every time is asked, and what is thrown in the end. */
export async function underFailure(
  failure: () => Error,
  run: () => Promise<unknown>,
): Promise<{ readonly requests: number; readonly thrown: unknown }> {
  let requests = 0;
  const fail: Interceptor = async () => {
    requests += 1;
    throw failure();
  };
  const thrown = await intercepted(fail, run).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { requests, thrown };
}
