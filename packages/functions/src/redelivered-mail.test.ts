/** What a queue that delivers in any order, and again, makes of jobs that mail a link: the newest that was asked for counts. */
import { readJob } from "@gatehouse/core/job";
import { runJob } from "@gatehouse/core/job/run";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { clearOutbox, jobs, mails } from "../test/outbox.ts";
import { newPerson, type Person } from "../test/people.ts";
import { tokenIn } from "../test/post.ts";
import { captureStdout } from "../test/stdout.ts";
import * as forgotPassword from "./forgot-password.ts";
import * as requestEmailVerification from "./request-email-verification.ts";
import * as resetPassword from "./reset-password.ts";
import * as verifyEmail from "./verify-email.ts";

captureStdout();

let person: Person;
beforeEach(async () => {
  person = await newPerson();
  clearOutbox();
});

const links = [
  {
    page: "verify-email",
    ask: requestEmailVerification.handler,
    spend: (token: string) => call(verifyEmail.handler, { body: { token } }),
  },
  {
    page: "reset-password",
    ask: forgotPassword.handler,
    spend: (token: string) =>
      call(resetPassword.handler, { body: { token, password: "seven lanterns over Ghent" } }),
  },
];

describe.each(links)("a link to $page", ({ page, ask, spend }) => {
  /** Asks for a mail, and answers what the queue does with its job each time it delivers it. */
  async function mailAskedFor(): Promise<() => Promise<void>> {
    expect((await call(ask, { body: { email: person.email } })).status).toBe(202);
    const [job] = jobs();
    return () => runJob(readJob(JSON.stringify(job)));
  }

  it("works though the job of the one before it is delivered once more, which mails nothing", async () => {
    const deliverFirst = await mailAskedFor();
    await deliverFirst();
    const first = tokenIn(mails(), page);
    const deliverSecond = await mailAskedFor();
    await deliverSecond();
    const second = tokenIn(mails(), page);
    await deliverFirst();
    expect(mails()).toEqual([]);
    expect((await spend(first)).body.code).toBe("invalid_code");
    expect((await spend(second)).status).toBeLessThan(300);
  });

  it("is mailed for the newer of two jobs alone where that is delivered first", async () => {
    const [deliverFirst, deliverSecond] = [await mailAskedFor(), await mailAskedFor()];
    await deliverSecond();
    await deliverFirst();
    const letters = mails();
    expect(letters).toHaveLength(1);
    expect((await spend(tokenIn(letters, page))).status).toBeLessThan(300);
  });
});
