import { errors } from "../errors.ts";
import type { routes } from "../routes.ts";
import { userScopes } from "../scopes.ts";
import type { Exchange } from "./exchange.ts";
import { issuer } from "./values.ts";

type Of<Name extends keyof typeof routes> = Readonly<Record<string, Exchange<(typeof routes)[Name]>>>;

/** The key is that of RFC 7517 appendix A.1. */
const jwks: Of<"jwks"> = {
  usual: {
    summary: "One key; there are more while they turn",
    answer: {
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
          y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
          kid: "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
          alg: "ES256",
          use: "sig",
        },
      ],
    },
  },
};

const metadata: Of<"openidConfiguration"> = {
  usual: {
    summary: "There is no grant of OAuth's, so those lists are empty",
    answer: {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: [],
      grant_types_supported: [],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
      scopes_supported: [...userScopes],
      claims_supported: ["iss", "aud", "sub", "exp", "iat", "scope"],
      token_endpoint_auth_methods_supported: [],
    },
  },
};

const health: Of<"health"> = { usual: { summary: "It runs", answer: { status: "ok" } } };

const problem: Of<"problem"> = {
  usual: {
    summary: "What invalid_token means",
    params: { code: "invalid_token" },
    answer: { code: "invalid_token", ...errors.invalid_token },
  },
};

const openapi: Of<"openapi"> = {
  usual: {
    summary: "Cut short: it is this document",
    answer: {
      openapi: "3.1.1",
      info: {
        title: "Gatehouse",
        version: "0.1.0",
        summary: "…",
        description: "…",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: issuer }],
      tags: [],
      paths: {},
      components: {},
    },
  },
};

/** Those of the routes that machines ask. */
export const discovery = {
  jwks,
  openidConfiguration: metadata,
  oauthServerMetadata: metadata,
  health,
  problem,
  openapi,
};
