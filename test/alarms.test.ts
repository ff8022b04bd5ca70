/** An alarm on a metric that nobody counts never rings, and one that nobody explains wakes somebody for nothing. */
import "./environment.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { count } from "../packages/functions/src/pipeline/count.ts";
import { authorizerCounters, counters } from "../packages/functions/src/pipeline/counters.ts";
import { writeCounts } from "../packages/functions/src/write-counts.ts";
import { captureStdout } from "../packages/functions/test/stdout.ts";
import { alarmRules } from "../stacks/alarm-table.ts";
import { synthesise } from "../stacks/test/synthesise.ts";

const stdout = captureStdout();
const { alarms } = synthesise("prod");

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** Every metric that the functions write, by its dimensions. */
function written(): Map<string, readonly string[]> {
  count({ route: "login", status: 200, code: undefined, coldStart: true, configurationRefused: true });
  count({ route: "login", status: 401, code: "invalid_credentials", coldStart: false });
  count({ route: "login", status: 429, code: "too_many_requests", coldStart: false });
  count({ route: "refresh", status: 200, code: undefined, coldStart: false });
  count({ route: "refresh", status: 401, code: "refresh_token_reused", coldStart: false });
  count({ route: "register", status: 201, code: undefined, coldStart: false });
  count({ route: "me", status: 500, code: "internal_error", coldStart: false });
  writeCounts(authorizerCounters);
  const directives = (stdout.counts() as unknown as Line[]).flatMap(({ _aws }) => _aws.CloudWatchMetrics);
  expect(new Set(directives.map(({ Namespace }) => Namespace))).toEqual(new Set(["Gatehouse"]));
  return new Map(
    directives.flatMap(({ Metrics, Dimensions: [dimensions = []] }) =>
      Metrics.map(({ Name }) => [Name, dimensions] as const),
    ),
  );
}

/** Every metric of ours that anything in the stack of alarms looks at, by its dimensions. */
function lookedAt(): Map<string, readonly string[]> {
  const found = Object.values(alarms?.findResources("AWS::CloudWatch::Alarm") ?? {})
    .map(({ Properties }) => Properties)
    .filter(({ Namespace }) => Namespace === "Gatehouse");
  const ofAlarms = found.map(
    ({ MetricName, Dimensions = [] }) =>
      [MetricName, Dimensions.map(({ Name }: { Name: string }) => Name)] as const,
  );
  const board = JSON.stringify(alarms?.findResources("AWS::CloudWatch::Dashboard"));
  const ofBoard = [
    ...board.matchAll(/\[\\+"Gatehouse\\+",\\+"(\w+)\\+",\\+"(\w+)\\+",\\+"\w+\\+",\\+"(\w+)\\+"/g),
  ].map(([, name = "", ...dimensions]) => [name, dimensions] as const);
  expect(ofBoard.length).toBeGreaterThan(5);
  return new Map([...ofAlarms, ...ofBoard]);
}

it("every metric of ours that is watched is one that the functions write, with the dimensions that they write", () => {
  const metrics = written();
  expect([...metrics.keys()]).toEqual(expect.arrayContaining(Object.keys(counters)));
  const looked = lookedAt();
  // It is made of the access log: stacks/alarms.test.ts looks at that.
  looked.delete("GatewayThrottles-prod");
  expect(looked.size).toBeGreaterThan(5);
  for (const [name, dimensions] of looked) {
    expect(metrics.has(name), name).toBe(true);
    expect([...dimensions].sort(), name).toEqual([...(metrics.get(name) ?? [])].sort());
  }
});

it("every alarm has its heading in the operations' page, which names a command to look with, and no heading is left over", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/operations.md"), "utf8");
  const [, section = ""] = page.split(/^## Alarms$/m);
  const [own = ""] = section.split(/^## /m);
  const parts = own.split(/^### /m).slice(1);
  expect(parts.map((part) => part.slice(0, part.indexOf("\n")))).toEqual(Object.keys(alarmRules));
  for (const part of parts) expect(part).toMatch(/`(?:aws|npm run|lookup) |^aws /m);
});
