/** The answers API Gateway makes itself. Their bodies cannot be changed on an HTTP API. */
const refusals = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  413: "Request Entity Too Large",
  414: "Request URI Too Long",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

export type RefusalStatus = keyof typeof refusals;

/** The gateway answers with this status and its standing message. `fault` is for the operator, not the client. */
export class Refusal extends Error {
  readonly status: RefusalStatus;
  readonly fault: string | undefined;

  constructor(status: RefusalStatus, fault?: string) {
    super(refusals[status]);
    this.name = "Refusal";
    this.status = status;
    this.fault = fault;
  }

  /** `{"message":"Not Found"}` and the like. */
  get body(): string {
    return JSON.stringify({ message: this.message });
  }
}
