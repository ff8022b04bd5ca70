import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearOutbox, jobs } from "../../../functions/test/outbox.ts";
import { withoutQueue } from "../../test/queue.ts";
import { codeOf } from "../../test/refusal.ts";
import { requestsOf } from "../../test/requests.ts";
import { newEmail, withTestUser } from "../../test/user.ts";
import { forgetConfig } from "../config.ts";
import { newId } from "../id.ts";
import * as User from "../user/index.ts";
import * as Account from "./index.ts";

beforeEach(clearOutbox);

afterEach(() => {
  vi.unstubAllEnvs();
  forgetConfig();
});

describe.each(["verify_email", "reset_password"] as const)("a mail to %s", (kind) => {
  it("costs the same for an address that is known, unknown or shut out: one count and one job", async () => {
    await withTestUser("known", async (known) => {
      await withTestUser("disabled", async (disabled) => {
        await User.setStatus(disabled.email, "disabled");
        for (const email of [known.email, disabled.email, newEmail("nobody")]) {
          const requests = await requestsOf(() =>
            Account.requestMail(kind, email, { sourceIp: "192.0.2.1" }),
          );
          expect(requests.map(({ operation }) => operation)).toEqual(["UpdateItem"]);
          expect(jobs()).toEqual([{ id: expect.any(String), kind, email }]);
        }
      });
    });
  });

  it("is refused to a source that has had its share, and nothing is queued", async () => {
    vi.stubEnv("SOURCE_LIMIT_PER_HOUR", "1");
    forgetConfig();
    const source = kind === "verify_email" ? "203.0.113.1" : "203.0.113.2";
    const ask = () => Account.requestMail(kind, newEmail("nobody"), { sourceIp: source });
    await ask();
    expect(await codeOf(ask())).toBe("too_many_requests");
    expect(jobs()).toHaveLength(1);
  });

  it("is one job by its id, however often it is asked for under that", async () => {
    const jobId = newId();
    const asking = { sourceIp: "192.0.2.3", jobId };
    for (let time = 0; time < 2; time += 1) await Account.requestMail(kind, "a@example.com", asking);
    expect(jobs().map(({ id }) => id)).toEqual([jobId, jobId]);
  });

  it("is unavailable where the queue takes nothing", async () => {
    const ask = () => codeOf(Account.requestMail(kind, newEmail("nobody"), { sourceIp: "192.0.2.2" }));
    expect(await withoutQueue(ask)).toBe("unavailable");
  });
});
