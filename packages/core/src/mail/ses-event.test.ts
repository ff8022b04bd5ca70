import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recorded } from "../../../functions/test/mail-events.ts";
import { readMailEvent } from "./ses-event.ts";

type Event = ReturnType<typeof recorded>;

/** The recorded event with other members in its detail, each within what it stands in. */
function changed(kind: "bounce" | "complaint", parts: Readonly<Record<string, object>>): Event {
  const event = recorded(kind);
  const entries = Object.entries(parts).map(([name, part]) => [name, { ...event.detail[name], ...part }]);
  return { ...event, detail: { ...event.detail, ...Object.fromEntries(entries) } };
}

describe("what SES says", () => {
  it("of a mail that came back for good speaks of when that was sent", () => {
    expect(readMailEvent(recorded("bounce"))).toEqual({
      email: "recipient@example.com",
      verdict: "bounced",
      at: "2026-07-22T12:00:00.042Z",
    });
  });

  it("of a complaint speaks of when somebody complained", () => {
    expect(readMailEvent(recorded("complaint"))).toEqual({
      email: "recipient@example.com",
      verdict: "complained",
      at: "2026-07-23T08:15:30.000Z",
    });
  });

  it.each([
    ["a bounce that may pass", changed("bounce", { bounce: { bounceType: "Transient" } })],
    ["a bounce of which nothing is known", changed("bounce", { bounce: { bounceType: "Undetermined" } })],
    [
      "a report of what is no spam",
      changed("complaint", { complaint: { complaintFeedbackType: "not-spam" } }),
    ],
    [
      "a delivery",
      { ...recorded("bounce"), detail: { ...recorded("bounce").detail, eventType: "Delivery" } },
    ],
  ])("of %s is nothing that lasts", (_name, event) => {
    expect(readMailEvent(event)?.verdict).toBe("passing");
  });

  it("has its times in one form, so that they can be compared as texts", () => {
    const event = changed("bounce", { mail: { timestamp: "2026-07-22T14:00:00+02:00" } });
    expect(readMailEvent(event)?.at).toBe("2026-07-22T12:00:00.000Z");
  });
});

describe("no event of a mail of ours", () => {
  const { detail: _, ...hollow } = recorded("bounce");
  it.each([
    ["has another source", { ...recorded("bounce"), source: "my.ses" }],
    ["has no detail", hollow],
    ["has a text for its detail", { ...hollow, detail: "bounce" }],
    ["has no recipient", changed("bounce", { mail: { destination: [] } })],
    ["has a recipient that is no text", changed("bounce", { mail: { destination: [{ email: "a@b.c" }] } })],
    ["has a text for its recipients", changed("bounce", { mail: { destination: "a@example.com" } })],
    ["has two recipients", changed("bounce", { mail: { destination: ["a@example.com", "b@example.com"] } })],
    ["has a time that is none", changed("bounce", { mail: { timestamp: "soon" } })],
    ["has no time of the complaint", changed("complaint", { complaint: { timestamp: undefined } })],
  ])("%s", (_name, event) => {
    expect(readMailEvent(event)).toBeUndefined();
  });

  it("is any object whatever, and none makes it throw", () => {
    const within = fc.oneof(fc.jsonValue(), fc.object());
    fc.assert(
      fc.property(within, within, (detail, mail) => {
        const message = { source: "aws.ses", detail: Object.assign(Object(detail), { mail }) };
        const read = readMailEvent(message);
        if (read) expect(read.verdict).toBe("passing");
      }),
    );
  });
});
