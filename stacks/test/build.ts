import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Template } from "aws-cdk-lib/assertions";
import { account, region } from "./place.ts";
import { summaryOf } from "./summary.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

export interface Build {
  /** The folder that stands for the project's. */
  readonly root: string;
  /** The AWS actions that were asked for, in order. */
  readonly asked: readonly string[];
  readonly exitCode: number | null;
  readonly output: string;
  /** The names of the stacks. */
  stacks(): readonly string[];
  /** A stack as it would be deployed. */
  template(stack: string): Template;
  remove(): void;
}

/**
 * Runs `sst build`, or another command of it, for real, in a folder of its own whose parts are links to the project's: what it writes
 * stays apart from other runs. AWS is two answers on a loopback port, and npm is told to ask nobody.
 */
export async function build(
  stage: string,
  environment: Record<string, string>,
  command: "build" | "deploy" = "build",
): Promise<Build> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "gatehouse-build-")));
  for (const copied of ["sst.config.ts", "package.json"]) cpSync(join(project, copied), join(root, copied));
  for (const linked of ["packages", "stacks", "node_modules", "tsconfig.json"]) {
    symlinkSync(join(project, linked), join(root, linked));
  }

  const aws = await startAws();
  const child = spawn(
    join(project, "node_modules/.bin/sst"),
    [command, "--stage", stage, "--region", region],
    {
      cwd: root,
      env: {
        PATH: [join(project, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
        HOME: root,
        AWS_ENDPOINT_URL: aws.url,
        AWS_EC2_METADATA_DISABLED: "true",
        npm_config_offline: "true",
        npm_config_update_notifier: "false",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  await aws.stop();

  return {
    root,
    asked: aws.asked,
    exitCode,
    output,
    stacks: () =>
      readdirSync(join(root, ".sst/dist"))
        .flatMap((file) => /^.+-gatehouse-(\w+)\.template\.json$/.exec(file)?.[1] ?? [])
        .toSorted(),
    template: (stack) =>
      Template.fromJSON(
        JSON.parse(readFileSync(join(root, `.sst/dist/${stage}-gatehouse-${stack}.template.json`), "utf8")),
      ),
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** The two AWS calls of `sst build`, answered as for an account in which CDK and SST are set up and no stage is. */
async function startAws() {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const target = request.headers["x-amz-target"] ?? `${request.method} ${request.url}`;
    const action = form.get("Action") ?? String(target);
    asked.push([action, form.get("StackName")].filter(Boolean).join(" "));
    const answer = answers[action];
    response.writeHead(answer ? 200 : 501, { "content-type": "text/xml" }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stub has no port");
  return {
    asked,
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const outputs = { BootstrapVersion: "99", Version: "7.4", BucketName: "bootstrap-bucket" };

const answers: Record<string, string> = {
  "AmazonSSM.GetParameters": `{"Parameters":[]}`,
  GetCallerIdentity: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::${account}:user/test</Arn><UserId>test</UserId><Account>${account}</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`,
  DescribeStacks: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
    <Stacks><member><StackName>any</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${Object.entries(
      outputs,
    )
      .map(
        ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
};

/** Every stack of a build on a page, for a snapshot that people read. */
export function pageOf({ stacks, template }: Build): string {
  return `${stacks()
    .map((stack) => `${stack}\n${summaryOf(template(stack))}`)
    .join("\n\n")}\n`;
}
