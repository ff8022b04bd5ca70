/** The authorizer's answers, judged as API Gateway judges them. */
import "../../../test/environment.ts";
import { type Route, routes, userScopes } from "@gatehouse/contract";
import { handler } from "@gatehouse/functions/authorizer";
import { beforeAll, describe, expect, it } from "vitest";
import { recordedEvent, shapes } from "../../functions/test/authorizer-events.ts";
import { newPerson, type Person, tokenWithScope } from "../../functions/test/people.ts";
import { captureStdout } from "../../functions/test/stdout.ts";
import { allows, parsePolicy } from "../src/gateway/policy.ts";

captureStdout();

let person: Person;
beforeAll(async () => {
  person = await newPerson();
});

const api = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234";
const contractRoutes = Object.values<Route>(routes);

/** Asks about `GET /me`, and judges by the answer whether other routes may be called. */
async function judge(shape: (typeof shapes)[number], token: string) {
  const stage = `${api}/${shape.startsWith("REST") ? "prod" : "$default"}`;
  const { policyDocument } = await handler(recordedEvent(shape, `Bearer ${token}`));
  const policy = parsePolicy(JSON.parse(JSON.stringify(policyDocument)));
  const may = (arn: string) => allows(policy, arn);
  return { may: (route: string) => may(`${stage}/${route}`), mayAnywhere: may };
}

const routeOf = ({ method, path }: Route) => method + path.replace(/\{[^}]+\}/g, "x");

describe.each(shapes)("kept from a %s event, the answer", (shape) => {
  it("lets a token with every scope call every route of the contract", async () => {
    const { may } = await judge(shape, person.token);
    expect(contractRoutes.filter((route) => !may(routeOf(route)))).toEqual([]);
  });

  it.each([...userScopes, ""])(
    "lets a token with the scope %j call no guarded route of another",
    async (scope) => {
      const { may } = await judge(shape, await tokenWithScope(person, scope));
      for (const route of contractRoutes) {
        expect(may(routeOf(route))).toBe(route.authorizer === "none" || route.scope === scope);
      }
    },
  );

  it("lets a user call no admin path, and a token with the admin scope every one", async () => {
    const user = await judge(shape, person.token);
    const admin = await judge(shape, await tokenWithScope(person, `${userScopes.join(" ")} admin`));
    for (const path of [
      "/admin",
      "/admin/",
      "/admin/users/1",
      "//admin",
      "/v1/admin",
      "/admin/a%2Fb",
      "/admin/a:b",
    ]) {
      expect([user.may(`GET${path}`), admin.may(`GET${path}`)]).toEqual([false, true]);
      expect([user.may(`DELETE${path}`), admin.may(`DELETE${path}`)]).toEqual([false, true]);
    }
    expect(user.may("GET/administrators")).toBe(true);
  });

  it("holds for routes that are nobody's of the contract, whatever their paths", async () => {
    const { may } = await judge(shape, person.token);
    for (const path of [
      "/",
      "/orders/a:b:c",
      "/orders/a%2Fb",
      "/a/b//c/",
      "/files/x.y~z",
      "/me/sessions/1",
    ]) {
      expect(may(`GET${path}`)).toBe(true);
    }
  });

  it("says nothing of another stage, API, account, region or partition", async () => {
    const { mayAnywhere } = await judge(shape, person.token);
    const stage = shape.startsWith("REST") ? "prod" : "$default";
    expect(mayAnywhere(`${api}/${stage}/GET/me`)).toBe(true);
    for (const arn of [
      `${api}/${stage}2/GET/me`,
      `${api}/x${stage}/GET/me`,
      `${api}2/${stage}/GET/me`,
      `${api.replace("123456789012", "210987654321")}/${stage}/GET/me`,
      `${api.replace("eu-central-1", "eu-west-1")}/${stage}/GET/me`,
      `${api.replace("aws", "aws-cn")}/${stage}/GET/me`,
    ]) {
      expect(mayAnywhere(arn)).toBe(false);
    }
  });

  it("lets a bad token call nothing, the open routes included", async () => {
    const { may } = await judge(shape, "a.b.c");
    expect(contractRoutes.filter((route) => may(routeOf(route)))).toEqual([]);
  });
});
