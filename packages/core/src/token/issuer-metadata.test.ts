import { IssuerMetadata, routes } from "@gatehouse/contract";
import { expect, it } from "vitest";
import { setKeys } from "../../test/stage-keys.ts";
import { config } from "../config.ts";
import * as Token from "./index.ts";
import { generateSigningKey } from "./key.ts";

it("says what is true of this issuer, every member of it and nothing else", async () => {
  expect(await Token.issuerMetadata()).toEqual({
    issuer: "https://auth.example.com",
    jwks_uri: "https://auth.example.com/.well-known/jwks.json",
    response_types_supported: [],
    grant_types_supported: [],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
    scopes_supported: [
      "profile:read",
      "profile:write",
      "sessions:read",
      "sessions:write",
      "account:read",
      "account:write",
    ],
    claims_supported: [
      "iss",
      "aud",
      "sub",
      "sid",
      "jti",
      "client_id",
      "iat",
      "exp",
      "scope",
      "roles",
      "auth_time",
    ],
    token_endpoint_auth_methods_supported: [],
  });
  expect(Object.keys(await Token.issuerMetadata())).toEqual(Object.keys(IssuerMetadata.properties));
});

it("stands where its issuer says: the well-known paths follow the issuer without a path of their own", async () => {
  const { issuer, jwks_uri } = await Token.issuerMetadata();
  expect(issuer).toBe(config().issuer);
  expect(jwks_uri).toBe(issuer + routes.jwks.path);
  expect(routes.openidConfiguration.path).toBe("/.well-known/openid-configuration");
  expect(routes.oauthServerMetadata.path).toBe("/.well-known/oauth-authorization-server");
});

it("names every algorithm that a key of the ring has, once", async () => {
  setKeys(
    generateSigningKey("ES256", "previous"),
    generateSigningKey("RS256", "current"),
    generateSigningKey("RS256", "next"),
  );
  const metadata = await Token.issuerMetadata();
  expect(metadata.id_token_signing_alg_values_supported).toEqual(["ES256", "RS256"]);
});

it("its claims are those of a token", async () => {
  const token = await Token.issue({ sub: "u", sid: "s", scope: "", roles: [], auth_time: 0 }, 900);
  const claims = JSON.parse(Buffer.from(String(token.split(".")[1]), "base64url").toString());
  const { claims_supported } = await Token.issuerMetadata();
  expect(claims_supported.toSorted()).toEqual(Object.keys(claims).sort());
});
