import { describe, expect, it } from "vitest";
import { eventOf } from "../../test/event.ts";
import { metaOf } from "./request-meta.ts";

describe("where a request came from", () => {
  it("is what the gateway says, whatever the headers claim", () => {
    const event = eventOf({
      headers: {
        "x-forwarded-for": "10.0.0.1",
        "x-real-ip": "10.0.0.2",
        forwarded: "for=10.0.0.3",
        "cf-connecting-ip": "10.0.0.4",
        "true-client-ip": "10.0.0.5",
        "x-request-id": "mine",
        "user-agent": "mine",
      },
    });
    expect(metaOf(event)).toEqual({
      requestId: "JKJaXmPLvHcESHA=",
      sourceIp: "198.51.100.7",
      userAgent: "curl/8.9.1",
    });
  });

  it("names no user agent where there is none", () => {
    expect(metaOf(eventOf({ userAgent: "" }))).not.toHaveProperty("userAgent");
  });

  it("keeps 256 characters of a user agent, and no half of one", () => {
    expect(metaOf(eventOf({ userAgent: "x".repeat(5000) })).userAgent).toBe("x".repeat(256));
    expect(metaOf(eventOf({ userAgent: `${"x".repeat(255)}😀` })).userAgent).toBe(`${"x".repeat(255)}\uFFFD`);
  });
});
