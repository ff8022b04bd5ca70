import { type Static, Type } from "typebox";

/** One refused field. `pointer` is a JSON pointer into the request body (RFC 6901). */
export const FieldError = Type.Object({ pointer: Type.String(), message: Type.String() });

/** Every error body this API answers: `application/problem+json` (RFC 9457) with a stable `code`. */
export const Problem = Type.Object({
  type: Type.String({ description: "a URL that explains the code" }),
  title: Type.String(),
  status: Type.Integer({ description: "the HTTP status, again" }),
  detail: Type.String(),
  instance: Type.String({ description: "names this one occurrence; quote it when asking for help" }),
  code: Type.String({ description: "stable: safe to switch on" }),
  errors: Type.Optional(Type.Array(FieldError)),
});

/** What `type` of a problem leads to. */
export const ProblemType = Type.Object({
  code: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
});

/**
 * What API Gateway answers by itself, in `application/json`: to a request that reached no function. It cannot be
 * reshaped on an HTTP API.
 */
export const GatewayRefusal = Type.Object({ message: Type.String() });

export type FieldError = Static<typeof FieldError>;
export type Problem = Static<typeof Problem>;
export type ProblemType = Static<typeof ProblemType>;
export type GatewayRefusal = Static<typeof GatewayRefusal>;
