import jsonwebtoken from "jsonwebtoken";

/** `verifyToken`: the policy names the one route that was asked for, which here is the only one. */
export async function handler(event) {
  const token = (event.headers.authorization ?? "").replace(/^Bearer /, "");
  try {
    const { id } = jsonwebtoken.verify(token, process.env.JWT_SECRET);
    return policy(id, "Allow", event.routeArn);
  } catch {
    return policy("nobody", "Deny", event.routeArn);
  }
}

function policy(principalId, Effect, Resource) {
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource }];
  return { principalId, policyDocument: { Version: "2012-10-17", Statement }, context: { id: principalId } };
}
