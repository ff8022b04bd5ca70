import { routes, userScopes } from "@gatehouse/contract";
import { describe, expect, it } from "vitest";
import { call } from "../test/call.ts";
import { newPerson } from "../test/people.ts";
import { captureStdout } from "../test/stdout.ts";
import type * as jwks from "./jwks.ts";
import * as oauthServerMetadata from "./oauth-server-metadata.ts";
import * as openidConfiguration from "./openid-configuration.ts";

captureStdout();

const get = (handler: typeof jwks.handler) => call(handler, { method: "GET" });

describe.each([
  ["/.well-known/openid-configuration", openidConfiguration.handler, routes.openidConfiguration],
  ["/.well-known/oauth-authorization-server", oauthServerMetadata.handler, routes.oauthServerMetadata],
])("%s", (path, handler, route) => {
  it("tells what is true of this issuer, and caches may keep it for five minutes", async () => {
    expect(route.path).toBe(path);
    const { status, headers, body } = await get(handler as typeof jwks.handler);
    expect([status, headers["cache-control"]]).toEqual([200, "public, max-age=300"]);
    expect(body).toEqual({
      issuer: "https://auth.example.com",
      jwks_uri: "https://auth.example.com/.well-known/jwks.json",
      response_types_supported: [],
      grant_types_supported: [],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
      scopes_supported: userScopes,
      claims_supported: expect.arrayContaining(["iss", "aud", "sub", "exp"]),
      token_endpoint_auth_methods_supported: [],
    });
  });

  it("names the issuer, the claims and the algorithm that a token has", async () => {
    const { token } = await newPerson();
    const [header, claims] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    const { body } = await get(handler as typeof jwks.handler);
    expect(JSON.parse(String(claims)).iss).toBe(body.issuer);
    expect(Object.keys(JSON.parse(String(claims))).toSorted()).toEqual(body.claims_supported.toSorted());
    expect(body.id_token_signing_alg_values_supported).toContain(JSON.parse(String(header)).alg);
    expect(body.jwks_uri).toBe(body.issuer + routes.jwks.path);
  });
});
