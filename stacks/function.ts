import { handlerFile } from "@gatehouse/contract";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { type App, Function as SstFunction, type Stack, use } from "sst/constructs";
import { bundle } from "./bundle/index.ts";
import { stageEnvironment } from "./environment.ts";
import { type FunctionName, type Need, needs } from "./needs.ts";
import { Queue } from "./queue.ts";
import { Secrets } from "./secrets.ts";
import { type StageSettings, settingsOf } from "./stage.ts";
import { Storage } from "./storage.ts";
import { tableGrants } from "./table-grants.ts";

/**
 * A Lambda function of `packages/functions`, given what `needs` says and nothing more. Nothing is bound the SST
 * way: a binding would grant every action, and only SST's own library could read it.
 */
export function createFunction(app: App, stack: Stack, name: FunctionName) {
  const settings = settingsOf(app.stage);
  const need: Need = needs[name];
  const retention = settings.logRetention.toUpperCase() as keyof typeof RetentionDays;

  return new SstFunction(stack, name, {
    functionName: app.logicalPrefixedName(name),
    handler: `packages/functions/src/${handlerFile(name)}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm_64",
    nodejs: bundle(settings),
    memorySize: need.memoryMb,
    // Less than the gateway waits, so that a slow one is known by its own log: 30 s for a route, 10 s for an
    // authorizer (API Gateway guide, "Quotas for configuring and running an HTTP API").
    timeout: need.timeoutSeconds ?? 9,
    // Where it is on, the CDK grants writing traces, which has no resource to name (Service Authorization Reference, X-Ray).
    tracing: settings.tracing ? "active" : "disabled",
    ...concurrencyOf(name, settings),
    logGroup: new LogGroup(stack, `${name}Logs`, { retention: RetentionDays[retention] }),
    environment: {
      ...stageEnvironment(settings),
      STAGE: app.stage,
      TABLE_NAME: use(Storage).table.tableName,
      AUDIENCE: app.name,
      SECRETS: use(Secrets).source,
      ...(need.jobs ? { JOB_QUEUE_URL: use(Queue).jobs.queueUrl } : {}),
    },
    permissions: grants(need),
  });
}

/** Hashing under attack takes what is reserved for it and no more of the account's. */
function concurrencyOf(name: FunctionName, { logInConcurrency }: StageSettings) {
  if (name !== "login" || logInConcurrency === undefined) return {};
  return { reservedConcurrentExecutions: logInConcurrency };
}

function grants(need: Need): PolicyStatement[] {
  // No kms:Decrypt: the policy of the aws/ssm key, which `sst secrets set` encrypts with, lets in every caller of
  // the account that may read the parameter (Systems Manager guide, "Restricting decryption of SecureString").
  const onSecrets = new PolicyStatement({
    actions: ["ssm:GetParameter"],
    resources: need.secrets.map(use(Secrets).parameterArn),
  });
  const onQueue = new PolicyStatement({
    actions: ["sqs:SendMessage"],
    resources: [use(Queue).jobs.queueArn],
  });
  return [
    ...tableGrants(need.table, use(Storage).table.tableArn),
    ...(need.secrets.length ? [onSecrets] : []),
    ...(need.jobs ? [onQueue] : []),
  ];
}
