import { AuthError } from "@gatehouse/core/error";

/** The refusal of a body whose fields are each acceptable and together are not: `what` names what is wanted. */
export function eitherOr(what: string): AuthError {
  return new AuthError("validation_failed", {
    fields: [{ pointer: "", message: `should have either ${what}, and nothing else` }],
  });
}
