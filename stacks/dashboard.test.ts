import { expect, test } from "vitest";
import { synthesise } from "./test/synthesise.ts";

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: readonly unknown[] };
}

/** The widgets of a stage's dashboard, its references written as `(ref)`. */
function widgetsOf(stage: string): readonly Widget[] {
  const { alarms } = synthesise(stage);
  const boards = Object.values(alarms?.findResources("AWS::CloudWatch::Dashboard") ?? {});
  expect(boards.map(({ Properties }) => Properties.DashboardName)).toEqual([`${stage}-gatehouse`]);
  const parts: readonly unknown[] = boards[0]?.["Properties"].DashboardBody["Fn::Join"][1];
  return JSON.parse(parts.map((part) => (typeof part === "string" ? part : "(ref)")).join("")).widgets;
}

test.each(["prod", "staging"])("%s has a page that begins with whether the API answers", (stage) => {
  expect(widgetsOf(stage).map(({ properties }) => properties.title)).toEqual([
    "Requests",
    "Errors of the API",
    "Latency of the API, ms",
    "Log-ins",
    "Refreshes",
    "Authorizer",
    "Turned away",
    "Table, capacity",
    "Jobs",
    "Mail of the account, rates",
    "Log-in, ms",
    "Table, throttles",
  ]);
});

test("every graph shows something", () => {
  for (const { properties } of widgetsOf("prod")) expect(properties.metrics.length).toBeGreaterThan(0);
});

test("a personal stage has none", () => {
  expect(synthesise("anna")).not.toHaveProperty("alarms");
});
