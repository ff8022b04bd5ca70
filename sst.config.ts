import type { SSTConfig } from "sst";
import { Api } from "./stacks/api.ts";
import { Secrets } from "./stacks/secrets.ts";
import { settingsOf } from "./stacks/stage.ts";
import { Storage } from "./stacks/storage.ts";

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

  stacks(app) {
    const { removal } = settingsOf(app.stage);
    const end = removal === "retain" ? "outlives the stage" : "goes with the stage";
    const what = `stage ${app.stage} of ${app.name} in ${app.region}, account ${app.account}`;
    process.stdout.write(`\n${app.mode}: ${what}; its data ${end}\n`);

    // In a stage that keeps its data, logs are kept too: that is the CDK's default.
    if (removal === "destroy") app.setDefaultRemovalPolicy("destroy");
    app.stack(Storage).stack(Secrets).stack(Api);
  },
} satisfies SSTConfig;
