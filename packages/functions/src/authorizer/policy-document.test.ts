import { routes, type Scope, scopes, userScopes } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { allow, denyAll } from "./policy-document.ts";

const stage = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/$default";
const everything = userScopes.join(" ");

/** The resources of one kind of statement, without the part they all must begin with. */
function resources(document: ReturnType<typeof allow>, effect: "Allow" | "Deny"): string[] {
  return document.Statement.filter((statement) => statement.Effect === effect).flatMap((statement) => {
    const all = (statement as { Resource: string[] }).Resource;
    for (const resource of all) expect(resource.slice(0, stage.length + 1)).toBe(`${stage}/`);
    return all.map((resource) => resource.slice(stage.length + 1));
  });
}

describe("the policy of a token", () => {
  it("allows every route of the stage, since the gateway keeps it for all of them", () => {
    expect(resources(allow(stage, everything), "Allow")).toEqual(["*/*"]);
  });

  it("denies whatever lies at or under an admin path", () => {
    expect(resources(allow(stage, everything), "Deny")).toEqual(["*/admin", "*/admin/*"]);
  });

  it("denies each route whose scope the token lacks, and no other", () => {
    for (const missing of userScopes) {
      const scope = userScopes.filter((name) => name !== missing).join(" ");
      const beyond = Object.values(routes)
        .filter((route) => route.authorizer === "token" && route.scope === missing)
        .map(({ method, path }) => `${method}${path.replace("{sessionId}", "*")}`);
      expect(beyond).not.toEqual([]);
      expect(resources(allow(stage, scope), "Deny")).toEqual([...beyond, "*/admin", "*/admin/*"]);
    }
  });

  it("denies every protected route to a token without a scope, and to one with scopes it does not know", () => {
    const guarded = Object.values(routes).filter((route) => route.authorizer === "token");
    for (const scope of [
      "",
      " ",
      "profile",
      "profile:read2",
      "PROFILE:READ",
      "profile:read,profile:write",
      "*",
    ]) {
      expect(resources(allow(stage, scope), "Deny")).toHaveLength(guarded.length + 2);
    }
  });

  it("opens admin paths to the admin scope, and leaves out a statement that would deny nothing", () => {
    expect(allow(stage, `${everything} admin`).Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${stage}/*/*`] },
    ]);
  });

  it("grants no user the admin scope by log-in", () => {
    expect(Object.keys(scopes) as (Scope | "admin")[]).not.toContain("admin");
  });

  it("is a policy document of IAM, in every member", () => {
    const document = allow(stage, "profile:read");
    expect(document).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Action: "execute-api:Invoke", Effect: "Allow", Resource: [`${stage}/*/*`] },
        {
          Action: "execute-api:Invoke",
          Effect: "Deny",
          Resource: [
            `${stage}/PATCH/me`,
            `${stage}/POST/me/password`,
            `${stage}/POST/me/email`,
            `${stage}/POST/me/email/confirm`,
            `${stage}/GET/me/export`,
            `${stage}/DELETE/me`,
            `${stage}/GET/me/events`,
            `${stage}/GET/me/sessions`,
            `${stage}/DELETE/me/sessions/*`,
            `${stage}/DELETE/me/sessions`,
            `${stage}/*/admin`,
            `${stage}/*/admin/*`,
          ],
        },
      ],
    });
  });

  it("keeps each resource within the 512 characters of API Gateway at the longest stage there is", () => {
    const longest = `arn:aws-us-gov:execute-api:ap-southeast-1:123456789012:abcdefghij/${"s".repeat(128)}`;
    const all = allow(longest, "").Statement.flatMap(
      (statement) => (statement as { Resource: string[] }).Resource,
    );
    expect(Math.max(...all.map((resource) => resource.length))).toBeLessThanOrEqual(512);
  });
});

describe("the policy of anybody else", () => {
  it("denies the whole stage", () => {
    expect(denyAll(stage)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Deny", Resource: [`${stage}/*/*`] }],
    });
  });

  it("denies everything where no stage is known", () => {
    expect(denyAll(undefined).Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: ["*"] },
    ]);
  });
});
