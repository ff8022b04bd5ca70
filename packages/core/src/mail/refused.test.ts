import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterEach, expect, it, vi } from "vitest";
import * as Mail from "./index.ts";

afterEach(() => vi.restoreAllMocks());

it.each(["ada@example.com", "<ada@example.com>", "Ada+tag@mail.example.com"])(
  "what SES says of %s is thrown on without the address",
  async (named) => {
    const said = `Email address is not verified. The following identities failed the check: ${named}, region EU`;
    const refusal = Object.assign(new Error(said), { name: "MessageRejected" });
    vi.spyOn(SESv2Client.prototype, "send").mockImplementation(() => Promise.reject(refusal));
    const sending = Mail.send({ email: "ada@example.com" }, { kind: "account_deleted" });
    const thrown = await sending.catch((error: Error) => error);
    expect(String(thrown)).toMatch(/^Error: SES: MessageRejected: Email address is not verified\./);
    expect(`${thrown}`).not.toMatch(/example\.com|@/);
  },
);
