import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AwsError } from "./aws-error.ts";
import { parseObject } from "./json-object.ts";
import { type Operation, readOperation } from "./operation.ts";
import { type Deliver, sendEmail } from "./ses.ts";
import { type Send, sendMessage } from "./sqs.ts";

/**
 * How a request fails: `error` is a 500, `throttled` what the service says to too many, `lost` does the work and cuts
 * the connection off, `hang` never answers.
 */
export type Failure = "error" | "throttled" | "lost" | "hang";

export interface ServicesOptions {
  /** Where a message goes. */
  readonly send: Send;
  /** Where a mail goes. */
  readonly deliver: Deliver;
  /** Asked before each request is answered, for tests: how it should fail, or undefined. */
  readonly failure?: (operation: Operation) => Failure | undefined;
}

export interface RunningServices {
  readonly queueUrl: string;
  /** No slash at the end. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * SQS and SES for the functions of this machine, as the SDK's clients speak to them: `SendMessage` and `SendEmail`, on
 * any free port of the loopback interface. No browser gets through: it cannot send either without an Origin.
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const server = createServer((message, response) => {
    void answer(message, response);
  });
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const queueUrl = `${endpoint}/000000000000/jobs`;

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const operation = readOperation(message);
      const body = await text(message);
      const failure = options.failure?.(operation);
      if (failure === "hang") return;
      if (failure === "error")
        throw new AwsError("InternalFailure", "It fails as it was told to.", { status: 500 });
      if (failure === "throttled") throw throttled(operation);
      const result = run(operation, body);
      if (failure === "lost") message.socket.destroy();
      else respond(response, 200, result);
    } catch (thrown) {
      refuse(response, thrown);
    }
  }

  function run(operation: Operation, body: string): object {
    const input = parseObject(body);
    if (!input) throw new AwsError("SerializationException", "The body is no JSON object.");
    return operation === "SendMessage"
      ? sendMessage(input, queueUrl, options.send)
      : sendEmail(input, options.deliver);
  }

  return {
    queueUrl,
    endpoint,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function throttled(operation: Operation): AwsError {
  return operation === "SendMessage"
    ? new AwsError("RequestThrottled", "Rate exceeded.")
    : new AwsError("TooManyRequestsException", "Maximum sending rate exceeded.", { status: 429 });
}

/** Both protocols read the error's name from the body; restJson from the header first (Smithy, "AWS restJson1"). */
function refuse(response: ServerResponse, thrown: unknown): void {
  const failed = (error: unknown) => new AwsError("InternalFailure", String(error), { status: 500 });
  const { status, code, queryCode, message } = thrown instanceof AwsError ? thrown : failed(thrown);
  response.setHeader("x-amzn-errortype", code);
  if (queryCode) response.setHeader("x-amzn-query-error", `${queryCode};Sender`);
  respond(response, status, { __type: code, message });
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
