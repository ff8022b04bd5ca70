import type { RouteName, routes } from "../routes.ts";
import { account } from "./account.ts";
import { discovery } from "./discovery.ts";
import type { AnyExchange, Exchange } from "./exchange.ts";
import { signingIn } from "./signing-in.ts";

export type { AnyExchange, Exchange } from "./exchange.ts";

type Examples = {
  readonly [Name in RouteName]: Readonly<Record<string, Exchange<(typeof routes)[Name]>>>;
};

/**
 * What goes over the wire, route by route: each with a name, a request and its answer. A route without one does not
 * compile, and neither does one that the schemas would refuse.
 */
export const examples: Examples = { ...signingIn, ...account, ...discovery };

/** The examples of one route, for whoever goes over many. */
export function examplesOf(name: string): readonly (readonly [name: string, exchange: AnyExchange])[] {
  return Object.entries<AnyExchange>(examples[name as RouteName]);
}
