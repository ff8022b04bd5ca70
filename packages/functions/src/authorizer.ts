import { until } from "@gatehouse/core/deadline";
import { AuthError, toAuthError } from "@gatehouse/core/error";
import * as Session from "@gatehouse/core/session";
import type { Claims } from "@gatehouse/core/token";
import * as Token from "@gatehouse/core/token";
import type { Profile } from "@gatehouse/core/user";
import type { APIGatewayAuthorizerResult, APIGatewayAuthorizerResultContext } from "aws-lambda";
import { readBearer } from "./authorizer/bearer.ts";
import { allow, denyAll } from "./authorizer/policy-document.ts";
import { readQuestion } from "./authorizer/question.ts";
import { describeError, writeLog } from "./log.ts";
import { writeCounts } from "./write-counts.ts";

/** A second less than Lambda gives it: enough to write its log. */
const longestMs = 8000;

/**
 * The Lambda authorizer, for this API and for any REST or HTTP API put behind it. It answers an IAM policy that
 * holds for every route the token may use, so that API Gateway may keep it. No input makes it throw: what is not a
 * live token of ours is denied. Only where the table or the secrets cannot be asked it throws, and API Gateway
 * answers 500 and keeps nothing.
 */
export async function handler(event: unknown): Promise<APIGatewayAuthorizerResult> {
  const { stage, credentials, requestId } = readQuestion(event);
  try {
    if (stage === undefined)
      throw new AuthError("invalid_token", { cause: "the event names no stage of an API" });
    const { claims, roles } = await until(AbortSignal.timeout(longestMs), () => authenticate(credentials));
    return {
      principalId: claims.sub,
      policyDocument: allow(stage, claims.scope),
      context: contextOf(claims, roles),
    };
  } catch (error) {
    const refusal = toAuthError(error);
    const isDenial = refusal.code === "invalid_token";
    writeLog({
      level: isDenial ? "WARN" : "ERROR",
      message: "authorizer",
      correlationId: requestId,
      error: describeError(refusal),
    });
    writeCounts([isDenial ? "AuthorizerDenials" : "AuthorizerErrors"]);
    if (!isDenial) throw error;
    return { principalId: "nobody", policyDocument: denyAll(stage) };
  }
}

/** The claims of a live token, and the roles its person has now: the token's own may be older. */
async function authenticate(
  credentials: string | undefined,
): Promise<Pick<Profile, "roles"> & { claims: Claims }> {
  const token = readBearer(credentials ?? "");
  if (token === undefined) throw new AuthError("invalid_token", { cause: "no bearer token" });
  const claims = await Token.verify(token);
  const { roles } = await Session.assertLive(claims.sub, claims.sid);
  return { claims, roles };
}

/** What the services behind the gateway learn. Only strings and numbers: API Gateway refuses anything else. */
function contextOf(claims: Claims, roles: readonly string[]): APIGatewayAuthorizerResultContext {
  return {
    userId: claims.sub,
    sessionId: claims.sid,
    scope: claims.scope,
    roles: roles.join(" "),
    clientId: claims.client_id,
    tokenId: claims.jti,
    authTime: claims.auth_time,
    exp: claims.exp,
  };
}
