import { type Routes, routes } from "./api.generated.ts";
import type { ClientErrorCode } from "./error.ts";
import type { Input, RouteEntry } from "./request.ts";
import { type Result, unwrap } from "./result.ts";
import type { CallOptions, IdempotentCallOptions } from "./types.ts";

/** All but `refresh`, which the client does itself. */
export type RouteName = Exclude<keyof Routes, "refresh">;

type Options<Name extends RouteName> = Routes[Name]["idempotent"] extends true
  ? IdempotentCallOptions
  : CallOptions;

type Arguments<Name extends RouteName> = Routes[Name]["input"] extends undefined
  ? [options?: Options<Name>]
  : Record<never, never> extends Routes[Name]["input"]
    ? [input?: Routes[Name]["input"], options?: Options<Name>]
    : [input: Routes[Name]["input"], options?: Options<Name>];

/** Why there may be no access token to call with: what ends a session is told as `not_logged_in`. */
export type TokenErrorCode =
  | Exclude<
      Routes["refresh"]["errors"],
      "invalid_refresh_token" | "refresh_token_reused" | "session_ended" | "session_expired"
    >
  | ClientErrorCode;

type Codes<Name extends RouteName> =
  | Routes[Name]["errors"]
  | (typeof routes extends Record<Name, { token: true }>
      ? TokenErrorCode
      : Exclude<ClientErrorCode, "not_logged_in">);

/** A method for each route. It sends the body, the variables of the path or the query as one flat object. */
export type Methods = {
  readonly [Name in keyof Routes as Exclude<Name, "refresh">]: (
    ...args: Arguments<Exclude<Name, "refresh">>
  ) => Promise<Result<Routes[Name]["answer"], Codes<Exclude<Name, "refresh">>>>;
};

/** The same methods, which answer the data and throw the `GatehouseError`. */
export type ThrowingMethods = {
  readonly [Name in keyof Routes as Exclude<Name, "refresh">]: (
    ...args: Arguments<Exclude<Name, "refresh">>
  ) => Promise<Routes[Name]["answer"]>;
};

/** How a route is run, once its arguments are told apart. */
export type Run = (input: Input, options: IdempotentCallOptions) => Promise<Result<unknown>>;

const names = Object.keys(routes).filter((name) => name !== "refresh") as RouteName[];

/** A method for each route, which `runOf` tells how to run. */
export function makeMethods(runOf: (name: RouteName) => Run): Methods {
  return Object.fromEntries(names.map((name) => [name, makeMethod(name, runOf(name))])) as unknown as Methods;
}

export function makeThrowing(methods: Methods): ThrowingMethods {
  const throwing = names.map((name) => {
    const method = methods[name] as (...args: unknown[]) => Promise<Result<unknown>>;
    return [name, async (...args: unknown[]) => unwrap(await method(...args))];
  });
  return Object.fromEntries(throwing);
}

function makeMethod(name: RouteName, run: Run) {
  const { sends }: RouteEntry = routes[name];
  // What a log-out sends, the client knows by itself.
  const takesInput = sends !== undefined && name !== "logout";
  return (...args: readonly (object | undefined)[]) => {
    const [input = {}, options = {}] = takesInput ? args : [{}, args[0]];
    return run(input as Input, options);
  };
}
