import { expect } from "vitest";
import { handler } from "../src/authorizer.ts";

/** A whole answer, as API Gateway accepts one, and "Allow" only where it says so itself. */
export async function effectOf(event: unknown): Promise<string | undefined> {
  const answer = await handler(event);
  expect(answer).toMatchObject({
    principalId: expect.any(String),
    policyDocument: { Version: "2012-10-17" },
  });
  return answer.policyDocument.Statement[0]?.Effect;
}
