import type { SSTConfig } from "sst";
import { Alarms } from "./stacks/alarms.ts";
import { Api } from "./stacks/api.ts";
import { assertSecrets } from "./stacks/assert-secrets.ts";
import { Mail } from "./stacks/mail.ts";
import { Queue } from "./stacks/queue.ts";
import { Secrets } from "./stacks/secrets.ts";
import { missingForMail, missingForPages, settingsOf } from "./stacks/stage.ts";
import { Storage } from "./stacks/storage.ts";
import { tag } from "./stacks/tags.ts";
import { Web } from "./stacks/web.ts";

export default {
  config({ region }) {
    // SST's telemetry sends the whole command line, so `sst secrets set` would send the secret. And with its server
    // out of reach it never returns: a command that failed then ends without a word and with exit code 0.
    process.env["SST_TELEMETRY_DISABLED"] = "1";
    return {
      name: "gatehouse",
      region: region ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1",
    };
  },

  async stacks(app) {
    const settings = settingsOf(app.stage);
    const { removal, mail, domain } = settings;
    const end = removal === "retain" ? "outlives the stage" : "goes with the stage";
    const what = `stage ${app.stage} of ${app.name} in ${app.region}, account ${app.account}`;
    const mails = mail.transport === "ses" ? `go out from ${mail.from}` : "are written to the worker's log";
    const where = domain ? `at https://${domain.name}` : "at a name that API Gateway gives";
    process.stdout.write(`\n${app.mode}: ${what}; its API ${where}; its data ${end}; its mails ${mails}\n`);
    const missing = missingForMail(settings);
    if (missing) process.stdout.write(`Before mails are of use to anybody, set ${missing}\n`);
    const missingForThem = missingForPages(settings);
    if (missingForThem)
      process.stdout.write(`Before the pages are of use to anybody, set ${missingForThem}\n`);

    await assertSecrets(app);
    tag(app);
    // In a stage that keeps its data, logs are kept too: that is the CDK's default.
    if (removal === "destroy") app.setDefaultRemovalPolicy("destroy");
    app.stack(Storage).stack(Secrets).stack(Queue).stack(Api).stack(Mail);
    if (settings.alarms || settings.dashboard) app.stack(Alarms);
    if (settings.pages) app.stack(Web);
  },
} satisfies SSTConfig;
