/** Settings that no stage of the table has until somebody asks: a domain, and tracing. */
import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test, vi } from "vitest";
import type { StageSettings } from "./stage.ts";
import { synthesise } from "./test/synthesise.ts";
import { functionsOf, listOf } from "./test/templates.ts";

const asked = vi.hoisted(() => ({ settings: {} as Partial<StageSettings> }));
vi.mock("./stage.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("./stage.ts")>();
  return {
    ...original,
    settingsOf: (stage: string) => ({ ...original.settingsOf(stage), ...asked.settings }),
  };
});

function synthesiseWith(settings: Partial<StageSettings>) {
  asked.settings = settings;
  return synthesise("anna");
}

const name = "auth.example.com";
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
const tracing = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
const ourFunctions = ({ api, mail }: { api: Template; mail: Template }) =>
  [api, mail].flatMap((template) => functionsOf(template, "anna-gatehouse-"));

describe.each([
  ["of a hosted zone", { name, hostedZone: "example.com" }],
  ["of a DNS elsewhere", { name, certificateArn }],
])("a domain %s", (_, domain) => {
  const made = synthesiseWith({ domain });
  const { api } = made;
  const output = (id: string) => api.findOutputs(id)[id]?.["Value"];

  test("is the issuer, for the worker's links too, and what the outputs say", () => {
    for (const { properties } of ourFunctions(made))
      expect(properties.Environment.Variables["ISSUER"]).toBe(`https://${name}`);
    expect(output("ApiUrl")).toBe(`https://${name}`);
    expect(output("Issuer")).toBe(`https://${name}`);
    expect(output("JwksUrl")).toBe(`https://${name}/.well-known/jwks.json`);
  });

  test("leads to the API's default stage, and the outputs say where its record has to lead", () => {
    const [id] = Object.keys(api.findResources("AWS::ApiGatewayV2::DomainName"));
    api.hasResourceProperties("AWS::ApiGatewayV2::ApiMapping", {
      DomainName: { Ref: id },
      Stage: "$default",
    });
    api.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
      DomainName: name,
      DomainNameConfigurations: [{ EndpointType: "REGIONAL" }],
    });
    expect(output("DomainTarget")).toEqual({ "Fn::GetAtt": [id, "RegionalDomainName"] });
  });
});

test("in a hosted zone certificate and records are made; with a DNS elsewhere neither", () => {
  const inZone = synthesiseWith({ domain: { name, hostedZone: "example.com" } }).api;
  inZone.resourceCountIs("AWS::CertificateManager::Certificate", 1);
  inZone.resourceCountIs("AWS::Route53::RecordSet", 2);
  const elsewhere = synthesiseWith({ domain: { name, certificateArn } }).api;
  elsewhere.resourceCountIs("AWS::CertificateManager::Certificate", 0);
  elsewhere.resourceCountIs("AWS::Route53::RecordSet", 0);
  elsewhere.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
    DomainNameConfigurations: [{ CertificateArn: certificateArn }],
  });
});

test("without one the API has API Gateway's name only", () => {
  const { api } = synthesiseWith({});
  api.resourceCountIs("AWS::ApiGatewayV2::DomainName", 0);
  expect(api.findOutputs("DomainTarget")).toEqual({});
});

test("traced functions may write traces, and others may not", () => {
  for (const { statements, properties } of ourFunctions(synthesiseWith({ tracing: true }))) {
    expect(properties.TracingConfig).toEqual({ Mode: "Active" });
    const granted = statements.filter(({ Action }) => listOf(Action).some((each) => /^xray:/.test(each)));
    expect(granted).toEqual([{ Effect: "Allow", Action: tracing, Resource: "*" }]);
  }
  for (const { statements, properties } of ourFunctions(synthesiseWith({ tracing: false }))) {
    expect(properties).not.toHaveProperty("TracingConfig");
    expect(JSON.stringify(statements)).not.toContain("xray");
  }
});
