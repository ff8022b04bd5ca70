import { type App, Tags } from "aws-cdk-lib";
import { settingsOf } from "./stage.ts";

/**
 * Says on every resource whose it is, so that a bill can be split by stage and a lost resource found: its app, its stage,
 * and whether it is meant to outlive the stage. SST adds `sst:app` and `sst:stage`, which cost allocation knows as well.
 */
export function tag(app: App & { readonly name: string; readonly stage: string }): void {
  const tags = { app: app.name, stage: app.stage, removal: settingsOf(app.stage).removal };
  for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value);
}
