import { pageHeaders } from "@gatehouse/web/headers";
import type { Template } from "aws-cdk-lib/assertions";
import { expect, test, vi } from "vitest";
import { synthesise } from "./test/synthesise.ts";

// No stage of the table has pages: this one asks for them.
vi.mock(import("./stage.ts"), async (original) => {
  const { settingsOf, ...rest } = await original();
  return {
    ...rest,
    settingsOf: (stage: string) => ({
      ...settingsOf(stage),
      ...(stage === "paged" && { pages: { transport: "bearer" } as const }),
    }),
  };
});

const { web } = synthesise("paged") as { web: Template };

function only(type: string) {
  const resources = Object.values(web.findResources(type));
  expect(resources).toHaveLength(1);
  return resources[0]?.["Properties"];
}

/** The text of what CloudFormation joins, with `(api)` for the API's URL. */
function joined(value: unknown): string {
  if (typeof value === "string") return value;
  const [, parts = []] = (value as { "Fn::Join"?: [string, unknown[]] })["Fn::Join"] ?? [];
  return parts.map((part) => (typeof part === "string" ? part : "(api)")).join("");
}

test("a stage that asks for no pages has no stack of them", () => {
  expect(synthesise("anna")).not.toHaveProperty("web");
});

test("every answer says what the laptop's pages say, and that https is meant to stay", () => {
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = only(
    "AWS::CloudFront::ResponseHeadersPolicy",
  ).ResponseHeadersPolicyConfig;
  const said = {
    "content-security-policy": joined(security.ContentSecurityPolicy.ContentSecurityPolicy),
    "referrer-policy": security.ReferrerPolicy.ReferrerPolicy,
    "x-frame-options": security.FrameOptions.FrameOption,
    "x-content-type-options": security.ContentTypeOptions.Override && "nosniff",
    ...Object.fromEntries(
      custom.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value] as const),
    ),
  };
  expect(said).toEqual(pageHeaders({ apiUrl: "(api)" }));
  expect(security.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(365 * 24 * 3600);
});

test("the pages may ask the API of their stage", () => {
  const policy = web.findResources("AWS::CloudFront::ResponseHeadersPolicy");
  expect(JSON.stringify(policy)).toMatch(/connect-src 'self' ",\{"Fn::ImportValue":"[^"]*ApiEndpoint/i);
});

test("the distribution sends these headers, speaks https only, and answers every path with the one document", () => {
  const { DistributionConfig: config } = only("AWS::CloudFront::Distribution");
  const [policy] = Object.keys(web.findResources("AWS::CloudFront::ResponseHeadersPolicy"));
  expect(config.DefaultCacheBehavior).toMatchObject({
    ResponseHeadersPolicyId: { Ref: policy },
    ViewerProtocolPolicy: "redirect-to-https",
  });
  expect(config.DefaultRootObject).toBe("index.html");
  expect(config.CustomErrorResponses).toEqual(
    [403, 404].map((ErrorCode) => ({ ErrorCode, ResponseCode: 200, ResponsePagePath: "/index.html" })),
  );
});

test("nobody reads the bucket but the distribution", () => {
  expect(only("AWS::S3::Bucket").PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});

test("the outputs say where the pages are", () => {
  const [distribution] = Object.keys(web.findResources("AWS::CloudFront::Distribution"));
  expect(JSON.stringify(web.findOutputs("WebUrl")["WebUrl"]?.["Value"])).toContain(`"${distribution}"`);
  expect(web.findOutputs("WebTransport")["WebTransport"]?.["Value"]).toBe("bearer");
});
