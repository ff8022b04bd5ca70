import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { config } from "../config.ts";
import { requestHandler } from "./request-handler.ts";
import type { Requests } from "./requests.ts";

/** By the SDK, which finds credentials and endpoints wherever an AWS client looks for them. */
export function sdkRequests(): Requests {
  const { sqsEndpoint } = config();
  const parameters = new SSMClient({ maxAttempts: 3, requestHandler: requestHandler() });
  const queues = new SQSClient({
    ...(sqsEndpoint === undefined ? {} : { endpoint: sqsEndpoint }),
    // Where the queue is, AWS_ENDPOINT_URL and the region say, as of every other service.
    useQueueUrlAsEndpoint: false,
    maxAttempts: 2,
    requestHandler: requestHandler(),
  });
  return {
    getParameter: (input) => parameters.send(new GetParameterCommand(input)),
    sendMessage: (input) => queues.send(new SendMessageCommand(input)),
  };
}
