import { createLocalContext, describeFault, within } from "../lambda/index.ts";
import { type AuthorizerAnswer, readAuthorizerAnswer } from "./authorizer-answer.ts";
import { type AuthorizerCache, createAuthorizerCache } from "./authorizer-cache.ts";
import { authorizerEvent } from "./authorizer-event.ts";
import type { AuthorizerContext } from "./event.ts";
import { type Exchange, routeArn } from "./exchange.ts";
import { parseIdentitySource } from "./identity-source.ts";
import { Refusal } from "./refusal.ts";
import type { GatewayAuthorizer, GatewayRoute } from "./types.ts";

/** REST API guide, "Output from a Lambda authorizer": the longest ARN, in bytes. */
const LONGEST_ARN = 1600;

/** Lets a request pass with the authorizer's context, or throws the `Refusal` the client gets. */
export type Authorize = (exchange: Exchange) => Promise<AuthorizerContext>;

export interface Authorizers {
  of(route: GatewayRoute): Authorize | undefined;
  /** Forgets every cached answer. */
  clear(): void;
}

/**
 * Routes that name the same function with the same settings share one authorizer and its cache. Throws an
 * `Error` for settings AWS would not accept.
 */
export function createAuthorizers(routes: readonly GatewayRoute[], timeoutSeconds: number): Authorizers {
  const made: { settings: GatewayAuthorizer; authorize: Authorize; cache: AuthorizerCache }[] = [];

  function find(settings: GatewayAuthorizer): Authorize {
    const known = made.find((other) => areSame(other.settings, settings));
    if (known) return known.authorize;
    const cache = createAuthorizerCache(settings.cacheSeconds);
    const authorize = createAuthorizer(settings, cache, timeoutSeconds);
    made.push({ settings, authorize, cache });
    return authorize;
  }

  const byRoute = new Map<GatewayRoute, Authorize>();
  for (const route of routes) {
    if (route.authorizer) byRoute.set(route, find(route.authorizer));
  }
  return {
    of: (route) => byRoute.get(route),
    clear: () => {
      for (const { cache } of made) cache.clear();
    },
  };
}

function createAuthorizer(
  settings: GatewayAuthorizer,
  cache: AuthorizerCache,
  timeoutSeconds: number,
): Authorize {
  check(settings);
  const identitySources = settings.identitySources.map(parseIdentitySource);

  async function ask(exchange: Exchange, identities: readonly string[]): Promise<AuthorizerAnswer> {
    const event = authorizerEvent(exchange, settings.payloadFormatVersion, identities);
    const context = createLocalContext({ functionName: "authorizer", timeoutSeconds });
    try {
      const output = await within(timeoutSeconds, settings.invoke(event, context));
      const answer = readAuthorizerAnswer(output, settings.enableSimpleResponses ?? false);
      cache.set(identities, answer);
      return answer;
    } catch (thrown) {
      throw refusalFor(thrown);
    }
  }

  return async (exchange) => {
    const identities = identitySources.map((read) => read(exchange));
    if (!areComplete(identities)) throw new Refusal(401);
    const arn = routeArn(exchange);
    if (Buffer.byteLength(arn) > LONGEST_ARN) throw new Refusal(414);
    // Judged anew for every request: what is cached is the answer, not the verdict on one route.
    const answer = cache.get(identities) ?? (await ask(exchange, identities));
    if (!answer.allows(arn)) throw new Refusal(403);
    return { lambda: answer.context && { ...answer.context } };
  };
}

/**
 * The error message "Unauthorized", and only it, is a 401. The guide says so of REST APIs and leaves it open for
 * HTTP APIs: docs/local-gateway.md, "What we decided".
 */
function refusalFor(thrown: unknown): Refusal {
  const { errorMessage: message } = describeFault(thrown);
  return message === "Unauthorized" ? new Refusal(401) : new Refusal(500, `authorizer: ${message}`);
}

function check({
  cacheSeconds,
  enableSimpleResponses,
  identitySources,
  payloadFormatVersion,
}: GatewayAuthorizer) {
  if (!Number.isInteger(cacheSeconds) || cacheSeconds < 0 || cacheSeconds > 3600) {
    throw new Error(
      `an authorizer's cacheSeconds is ${cacheSeconds}; it should be a whole number from 0 to 3600`,
    );
  }
  if (cacheSeconds > 0 && identitySources.length === 0) {
    throw new Error("an authorizer with cacheSeconds needs at least one identity source to cache by");
  }
  if (enableSimpleResponses && payloadFormatVersion === "1.0") {
    throw new Error("an authorizer with enableSimpleResponses needs payloadFormatVersion 2.0");
  }
}

function areComplete(identities: readonly (string | undefined)[]): identities is string[] {
  return identities.every((identity) => identity !== undefined);
}

function areSame(a: GatewayAuthorizer, b: GatewayAuthorizer): boolean {
  return (
    a.invoke === b.invoke &&
    a.cacheSeconds === b.cacheSeconds &&
    a.payloadFormatVersion === b.payloadFormatVersion &&
    (a.enableSimpleResponses ?? false) === (b.enableSimpleResponses ?? false) &&
    a.identitySources.join("\n") === b.identitySources.join("\n")
  );
}
