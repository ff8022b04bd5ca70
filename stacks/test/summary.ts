import type { Template } from "aws-cdk-lib/assertions";

// biome-ignore lint/suspicious/noExplicitAny: properties of every type of resource
type Properties = any;

/** Of each type what a person would be hurt by if it changed unseen. */
const tell: Readonly<Record<string, (properties: Properties) => readonly (string | false)[]>> = {
  "DynamoDB::Table": (table) => [
    table.BillingMode,
    table.SSESpecification?.SSEEnabled === true && "encrypted",
    table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled === true && "point-in-time recovery",
    table.DeletionProtectionEnabled === true && "deletion protection",
  ],
  "SQS::Queue": (queue) => [
    queue.SqsManagedSseEnabled === true && "encrypted",
    queue.RedrivePolicy && `parks after ${queue.RedrivePolicy.maxReceiveCount} tries`,
    queue.MessageRetentionPeriod && `keeps for ${queue.MessageRetentionPeriod} s`,
  ],
  "Logs::LogGroup": (group) => [`keeps for ${group.RetentionInDays} days`],
  "Lambda::Function": (each) => [
    each.FunctionName === undefined && "SST's own",
    `${each.MemorySize} MB`,
    `${each.Timeout} s`,
    each.ReservedConcurrentExecutions !== undefined && `${each.ReservedConcurrentExecutions} reserved`,
    each.TracingConfig !== undefined && "traced",
  ],
  "ApiGatewayV2::Api": (api) => [
    `lets in pages of ${api.CorsConfiguration?.AllowOrigins.join(" ") ?? "no other origin"}`,
  ],
  "ApiGatewayV2::Authorizer": (each) => [
    `payload ${each.AuthorizerPayloadFormatVersion}`,
    `kept for ${each.AuthorizerResultTtlInSeconds} s`,
  ],
  "ApiGatewayV2::DomainName": (domain) => [domain.DomainName],
  "ApiGatewayV2::Route": (route) => [route.AuthorizationType],
  "ApiGatewayV2::Stage": ({ DefaultRouteSettings: limit, AccessLogSettings: log }) => [
    `${limit.ThrottlingRateLimit} a second and ${limit.ThrottlingBurstLimit} at once`,
    log !== undefined && "logged",
  ],
  "Lambda::EventSourceMapping": (each) => [`${each.ScalingConfig?.MaximumConcurrency} at once`],
  "SES::EmailIdentity": (identity) => [identity.EmailIdentity],
};

/** The settings of a stage among what a function is told. The rest is where things are, which other tests look at. */
const toldToAll = /^(?:ALLOWED|APP|CONCEAL|REQUIRE|SOURCE|FAILURES|PASSWORD|MAIL)_/;

/** Every resource of a stack, those that are alike in one line; and what its functions are told. */
export function summaryOf(template: Template): string {
  const { Resources } = template.toJSON() as { Resources: Record<string, Resource> };
  const all = Object.values(Resources).filter(({ Type }) => Type !== "AWS::CDK::Metadata");
  return [...counted(all.map(lineOf)), ...told(all)].join("\n");
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Properties;
}

function lineOf({ Type, Properties = {}, DeletionPolicy }: Resource): string {
  const type = Type.replace(/^AWS::/, "");
  const parts = [...(tell[type]?.(Properties) ?? []), DeletionPolicy === "Retain" && "outlives the stage"];
  return [type, ...parts.filter(Boolean)].join(", ");
}

function counted(lines: readonly string[]): readonly string[] {
  const groups = Map.groupBy(lines.toSorted(), (line) => line);
  return [...groups].map(([line, { length }]) => `${String(length).padStart(4)} ${line}`);
}

function told(resources: readonly Resource[]): readonly string[] {
  const settings = resources.flatMap(({ Properties }) =>
    Object.entries(Properties?.Environment?.Variables ?? {}).filter(([name]) => toldToAll.test(name)),
  );
  return [...new Set(settings.map(([name, value]) => `     ${name}=${value}`))].toSorted();
}
