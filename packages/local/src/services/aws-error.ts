/**
 * What a service refuses. `code` is the name of its error shape; `queryCode` the older name that SQS sends beside it
 * (Smithy, "awsQueryCompatible trait"), by which the SDK calls the error where it is there.
 */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly queryCode: string | undefined;

  constructor(
    code: string,
    message: string,
    { status = 400, queryCode = undefined as string | undefined } = {},
  ) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
    this.queryCode = queryCode;
  }
}

/** One way or another the message is not what the service takes. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}
