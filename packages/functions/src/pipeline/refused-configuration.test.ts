import * as Event from "@gatehouse/core/event";
import { afterEach, describe, expect, it } from "vitest";
import { setSecrets } from "../../../core/test/stage-keys.ts";
import { call } from "../../test/call.ts";
import { newEmail, password } from "../../test/people.ts";
import { captureStdout } from "../../test/stdout.ts";
import { readTable } from "../../test/table.ts";
import { handler } from "../login.ts";

const stdout = captureStdout();

afterEach(() => setSecrets({}));

const logIn = () => call(handler, { body: { email: newEmail(), password } });

async function recorded() {
  const items = (await readTable()).filter(
    ({ pk, sk }) => pk?.["S"] === "stage" && sk?.["S"]?.toString().startsWith("event#"),
  );
  return items.map(({ type, details }) => [type?.["S"], details?.["M"]]);
}

describe("a secret that cannot be used", () => {
  it("is a bare 500, a line in the log, and one event of the stage, however many requests meet it", async () => {
    setSecrets({ PASSWORD_PEPPER: "short" });
    expect((await logIn()).status).toBe(500);
    expect((await logIn()).status).toBe(500);
    expect(stdout.text()).toContain("PASSWORD_PEPPER");
    expect(stdout.text()).not.toContain('short"');
    expect(await recorded()).toEqual([["configuration_refused", { setting: { S: "PASSWORD_PEPPER" } }]]);
    expect(Event.stageChain).toBe("stage");
  });

  it("stays in the log alone where it is the one that events are chained with", async () => {
    setSecrets({ AUDIT_KEY: "short" });
    const before = await recorded();
    expect((await logIn()).status).toBe(500);
    expect(stdout.text()).toContain("AUDIT_KEY");
    setSecrets({});
    expect(await recorded()).toEqual(before);
  });
});
