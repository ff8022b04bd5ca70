import { randomUUID } from "node:crypto";
import { handlerOf } from "../../packages/functions/test/handler-of.ts";
import { jobs, postedMails } from "../../packages/functions/test/outbox.ts";
import { createFetch, type Invoke } from "../../packages/local/src/gateway/index.ts";
import { createInlineFunction } from "../../packages/local/src/lambda/index.ts";
import { loadInlineApi } from "../../packages/local/test/support/inline-api.ts";

/** Something that is measured. */
export interface Subject {
  readonly name: string;
  /** The function that does it, as the stacks name it. */
  readonly function: string;
  /** Passwords that are hashed. */
  readonly hashes: number;
}

export interface Answer {
  readonly status: number;
  /** Headers and body. */
  readonly bytes: number;
  readonly body: Readonly<Record<string, string>>;
}

/** Does something and takes down what it costs. `act` answers the bytes of the answer. */
export type Measure = (subject: Subject, act: () => Promise<Pick<Answer, "bytes">>) => Promise<void>;

/** Where the requests of `send` come from unless `comeFrom` says otherwise. */
const home = "192.0.2.1";

export const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Gateway and functions in this process, on its table, with a worker that does what it is told and when. */
export async function openHouse(measure: Measure) {
  const api = await loadInlineApi({ hasWorker: false });
  let sourceIp = home;
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

  const send = async (what: string, body?: object, token?: string): Promise<Answer> => {
    const [method = "GET", path = "/"] = what.split(" ");
    const response = await ask(`http://localhost${path}`, {
      method,
      headers: {
        "User-Agent": userAgent,
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
    return { status: response.status, bytes: head + text.length, body: text ? JSON.parse(text) : {} };
  };

  const invokeWorker = (job: object | undefined) => {
    const record = { messageId: randomUUID(), attributes: { ApproximateReceiveCount: "1" } };
    return worker.invoke({ Records: [{ ...record, body: JSON.stringify(job) }] });
  };

  return {
    send,
    /** Does it and measures it under a name. */
    async count(
      name: string,
      [inFunction, status, hashes = 0]: readonly [name: string, status: number, hashes?: number],
      ...args: Parameters<typeof send>
    ): Promise<Answer> {
      let answer: Answer | undefined;
      await measure({ name, function: inFunction, hashes }, async () => {
        answer = await send(...args);
        return answer;
      });
      if (answer?.status !== status) throw new Error(`${name}: ${answer?.status} is not ${status}`);
      return answer;
    },
    /** Has the worker do what is queued, and measures the first of it where it is given a name. */
    async work(name?: string): Promise<void> {
      const [job, ...others] = jobs();
      const first = async () => {
        await invokeWorker(job);
        return { bytes: 0 };
      };
      await (name ? measure({ name, function: "worker", hashes: 0 }, first) : first());
      for (const each of others) await invokeWorker(each);
    },
    /** From where the next requests come. */
    comeFrom(source: string = home): void {
      sourceIp = source;
    },
    /** What the link in the newest mail to an address carries. */
    linkTo: (email: string) => /#token=(\S+)/.exec(postedMails(email)[0]?.text ?? "")?.[1],
    stop: () => api.stop(),
  };
}

/** The event as the gateway makes it of a request from another source. */
function from(sourceIp: string, event: unknown): object {
  const { requestContext } = event as { requestContext: { http: object } };
  const http = { ...requestContext.http, sourceIp };
  return { ...(event as object), requestContext: { ...requestContext, http } };
}
