import { limits, type Route, routes } from "@gatehouse/contract";
import { CfnRoute, type CfnStage, type HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { StageSettings } from "./stage.ts";

interface Limit {
  /** Requests a second. */
  readonly rate: number;
  /** How many at once above that. */
  readonly burst: number;
}

/** What a stage lets through of a limit. More than that API Gateway answers 429. */
export function throttleOf(
  { rate, burst }: Limit,
  { throttleShare }: Pick<StageSettings, "throttleShare">,
): Limit {
  const share = (number: number) => Math.max(1, Math.round(number * throttleShare));
  return { rate: share(rate), burst: share(burst) };
}

/** Gives each route the throttle that the contract's table of limits has for it. */
export function throttleRoutes(api: HttpApi, settings: Pick<StageSettings, "throttleShare">): void {
  const stage = api.defaultStage?.node.defaultChild as CfnStage;
  stage.routeSettings = Object.fromEntries(
    Object.values<Route>(routes).map((route) => [
      `${route.method} ${route.path}`,
      settingsFor(throttleOf(limits.routes[route.name as keyof typeof routes], settings)),
    ]),
  );
  // API Gateway refuses settings of a route that is not there yet.
  for (const each of api.node.root.node.findAll()) {
    if (each instanceof CfnRoute && each.stack === stage.stack) stage.addDependency(each);
  }
}

/** As CloudFormation writes it: the CDK hands this on as it is. */
function settingsFor({ rate, burst }: Limit): object {
  return { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
}
