import { type Route, routes } from "@gatehouse/contract";
import { config } from "@gatehouse/core/config";
import { handlerOf } from "../../../functions/test/handler-of.ts";
import { followJobs, postedMails } from "../../../functions/test/outbox.ts";
import { corsOf } from "../../src/api.ts";
import type { GatewayAuthorizer, GatewayOptions, Invoke } from "../../src/gateway/index.ts";
import { createInlineFunction } from "../../src/lambda/index.ts";
import type { Mail } from "../../src/mailbox/index.ts";
import { createQueue, type Queue, type SqsEvent } from "../../src/queue/index.ts";

export interface InlineApi {
  /** Every route of the contract, for `startGateway` or `createFetch`. */
  readonly options: Pick<GatewayOptions, "routes" | "cors">;
  /** How often the gateway has asked the authorizer. */
  readonly authorizations: number;
  /** Jobs on their way to the worker. A failed one is tried again at once; a delayed one waits for `skipWaiting`. */
  readonly queue: Queue;
  /** What has been mailed, the newest first, once every job that is due is done. */
  mails(to?: string): Promise<readonly Mail[]>;
  stop(): Promise<void>;
}

export interface InlineApiOptions {
  readonly authorizerCacheSeconds?: number;
  /** How often each job is delivered though the worker has done it. @default 1 */
  readonly deliveries?: number;
  /** Without one jobs stay where they are, for a test that counts what a request alone asks for. @default true */
  readonly hasWorker?: boolean;
}

/**
 * Every function in this very thread, on this thread's clock and in its environment, so that a test may fake the date
 * and look into the SDK's client. The test file imports `test/environment.ts` before this one.
 */
export async function loadInlineApi({
  authorizerCacheSeconds = 60,
  deliveries = 1,
  hasWorker = true,
}: InlineApiOptions = {}): Promise<InlineApi> {
  let authorizations = 0;
  const ask = await load("authorizer");
  const authorizer: GatewayAuthorizer = {
    invoke: (event, context) => {
      authorizations += 1;
      return ask(event, context);
    },
    cacheSeconds: authorizerCacheSeconds,
    identitySources: ["$request.header.Authorization"],
    payloadFormatVersion: "2.0",
  };
  const toGatewayRoute = async (route: Route) => ({
    routeKey: `${route.method} ${route.path}`,
    target: await load(route.name),
    ...(route.authorizer === "token" && { authorizer }),
  });
  // Loaded with the first job: most tests send none.
  const work = async (event: SqsEvent) => (await loadWorker())(event);
  const queue = createQueue({ invoke: work, visibilityTimeoutSeconds: 0, deliveries });
  const unfollow = followJobs(({ body, delaySeconds }) => {
    if (hasWorker) queue.send(body, { delaySeconds });
  });
  return {
    options: {
      routes: await Promise.all(Object.values<Route>(routes).map(toGatewayRoute)),
      cors: corsOf(config()),
    },
    queue,
    async mails(to) {
      await queue.idle();
      return postedMails(to);
    },
    get authorizations() {
      return authorizations;
    },
    async stop() {
      unfollow();
      await queue.stop();
    },
  };
}

async function loadWorker(): Promise<(event: SqsEvent) => Promise<unknown>> {
  const handler = await handlerOf("worker");
  return createInlineFunction({ handler, name: "worker", timeoutSeconds: 30 }).invoke;
}

async function load(name: string): Promise<Invoke> {
  return createInlineFunction({ handler: await handlerOf(name), name, timeoutSeconds: 9 }).invoke;
}
