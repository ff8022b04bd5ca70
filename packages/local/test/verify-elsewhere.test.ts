/**
 * What others verify our tokens with, unaided: told the issuer and the audience, they find the keys by what a house
 * that runs serves over HTTP.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialise, rotateKeys } from "../../../scripts/key-commands.ts";
import { openSecretFile, type SecretStore } from "../../../scripts/secret-store.ts";
import { type Gatehouse, startGatehouse } from "../src/app.ts";
import { send } from "./support/send.ts";

const audience = "gatehouse";
const credentials = { email: "test@example.com", password: "correct horse battery" };

async function logIn(url: string): Promise<string> {
  const { status, body } = await send(url, "POST /login", { body: credentials });
  expect(status).toBe(200);
  return body.token;
}

/** The same token with another payload. */
function tampered(token: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), sub: "somebody else" };
  return [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}

const discovery = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

describe.each(["ES256", "RS256"] as const)("a token signed with %s", (algorithm) => {
  let directory: string;
  let house: Gatehouse;
  let store: SecretStore;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "gatehouse-test-"));
    store = openSecretFile(directory);
    await initialise(store, algorithm);
    house = await startGatehouse({
      port: 0,
      host: "127.0.0.1",
      dataDirectory: directory,
      environment: { SECRETS_CACHE_SECONDS: "0" },
      logs: { write: () => true },
    });
    expect((await send(house.url, "POST /register", { body: credentials })).status).toBe(201);
  });
  afterAll(async () => {
    await house.stop();
    await rm(directory, { recursive: true });
  });

  /** As a client of RFC 8414 section 3 or OpenID Connect Discovery does: the issuer must be the one it asked. */
  async function discover(path: string) {
    const { status, headers, body } = await send(house.url, `GET ${path}`);
    expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    expect(body.issuer).toBe(house.url);
    return body;
  }

  describe.each(discovery)("jose, told the issuer and led by %s,", (path) => {
    async function verify(token: string) {
      const { issuer, jwks_uri, id_token_signing_alg_values_supported: algorithms } = await discover(path);
      const options = {
        issuer,
        audience,
        algorithms,
        typ: "at+jwt",
        requiredClaims: ["sub", "jti", "client_id"],
      };
      return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), options);
    }

    it("believes it", async () => {
      const { payload, protectedHeader } = await verify(await logIn(house.url));
      expect(protectedHeader).toMatchObject({ alg: algorithm, typ: "at+jwt" });
      expect(payload).toMatchObject({ iss: house.url, aud: audience, client_id: "first-party" });
    });

    it("refuses it once it was changed", async () => {
      await expect(verify(tampered(await logIn(house.url)))).rejects.toThrow("signature verification failed");
    });
  });

  /**
   * It fetches over https alone; what serves on this machine has no certificate. Another fetcher is what its manual
   * offers for that ("Using a different Fetcher with SimpleJwksCache").
   */
  function awsVerifier() {
    const fetcher = { fetch: (uri: string) => fetch(uri).then((response) => response.arrayBuffer()) };
    return JwtVerifier.create(
      { issuer: house.url, audience, scope: "profile:read" },
      { jwksCache: new SimpleJwksCache({ fetcher }) },
    );
  }

  describe("aws-jwt-verify, told the issuer, the audience and a fetcher that speaks http,", () => {
    it("believes it", async () => {
      const claims = await awsVerifier().verify(await logIn(house.url));
      expect(claims).toMatchObject({ iss: house.url, aud: audience, client_id: "first-party" });
    });

    it("refuses it once it was changed", async () => {
      await expect(awsVerifier().verify(tampered(await logIn(house.url)))).rejects.toThrow(
        "Invalid signature",
      );
    });

    it("refuses it for another audience and without the scope that is asked for", async () => {
      const token = await logIn(house.url);
      await expect(awsVerifier().verify(token, { audience: "orders" })).rejects.toThrow(
        "Audience not allowed",
      );
      await expect(awsVerifier().verify(token, { scope: "admin" })).rejects.toThrow("Scope not allowed");
    });
  });

  it("is believed by both on both sides of a rotation, with the keys they have kept", async () => {
    const verifier = awsVerifier();
    const keys = createRemoteJWKSet(new URL(`${house.url}/.well-known/jwks.json`));
    const options = { issuer: house.url, audience };
    const verifyBoth = async (token: string) => {
      await verifier.verify(token);
      await jwtVerify(token, keys, options);
    };
    const early = await logIn(house.url);
    await verifyBoth(early);
    await rotateKeys(store, { force: true });
    const late = await logIn(house.url);
    expect(late.split(".")[0]).not.toBe(early.split(".")[0]);
    await verifyBoth(late);
    await verifyBoth(early);
  });
});
