import { expect, test } from "vitest";
import { accessLogFormat } from "./access-log.ts";

/** A line as API Gateway writes it: each variable is replaced by its value, or by a bare `-` where there is none. */
function lineOf(textOf: (variable: string) => string | undefined): string {
  return accessLogFormat.replace(/\$context\.[\w.]+/g, (variable) => textOf(variable) ?? "-");
}

test("a line is JSON, also where a request was refused before anything was asked", () => {
  expect(JSON.parse(lineOf(() => undefined))).toMatchObject({ status: "-", integrationLatencyMs: "-" });
});

test("a line says which request it was, what became of it, and where it was lost", () => {
  const line = JSON.parse(lineOf((variable) => variable.replace("$context.", "")));
  expect(line).toEqual({
    requestId: "requestId",
    time: "requestTimeEpoch",
    routeKey: "routeKey",
    status: "status",
    latencyMs: "responseLatency",
    responseBytes: "responseLength",
    refusal: "error.responseType",
    integrationStatus: "integration.integrationStatus",
    integrationLatencyMs: "integration.latency",
    integrationError: "integration.error",
    authorizerError: "authorizer.error",
    sourceIp: "identity.sourceIp",
  });
});

test("nothing that a caller wrote is in it: no header, no query, no path, and nothing of the token", () => {
  const variables = accessLogFormat.match(/\$context\.[\w.]+/g) ?? [];
  expect(variables.filter((each) => /path|query|header|userAgent|domain|body/i.test(each))).toEqual([]);
  expect(variables.filter((each) => /authorizer/.test(each))).toEqual(["$context.authorizer.error"]);
});
