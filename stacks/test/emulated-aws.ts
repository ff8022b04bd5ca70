import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface EmulatedAws {
  /** What `AWS_ENDPOINT_URL` says: one address for every service. */
  readonly url: string;
  /** The bodies of what was put on the queue. */
  readonly queued: readonly string[];
  /** Whom mails were sent to with SES, and from whom. */
  readonly mailed: readonly { readonly from: string; readonly to: string }[];
  stop(): Promise<void>;
}

/** As much of AWS as the functions ask for, behind one address: a DynamoDB that runs, these parameters, a queue, and SES. */
export async function startEmulatedAws(
  databaseEndpoint: string,
  parameters: Readonly<Record<string, string>>,
): Promise<EmulatedAws> {
  const queued: string[] = [];
  const mailed: { from: string; to: string }[] = [];
  const answers: Record<string, (input: Record<string, string>) => object> = {
    "AmazonSSM.GetParameter": ({ Name = "" }) =>
      Object.hasOwn(parameters, Name)
        ? { Parameter: { Name, Value: parameters[Name] } }
        : { __type: "ParameterNotFound" },
    "AmazonSQS.SendMessage": ({ MessageBody = "" }) => {
      queued.push(MessageBody);
      const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
      return { MessageId: randomUUID(), MD5OfMessageBody };
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const target = String(request.headers["x-amz-target"]);
    const body = await text(request);
    if (target.startsWith("DynamoDB_")) {
      const { "x-amz-target": _, host: __, ...others } = request.headers;
      const headers = { ...(others as Record<string, string>), "x-amz-target": target };
      const answer = await fetch(databaseEndpoint, { method: "POST", headers, body });
      response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
      response.end(await answer.text());
      return;
    }
    if (request.url === "/v2/email/outbound-emails") {
      const { FromEmailAddress: from, Destination } = JSON.parse(body);
      mailed.push({ from, to: Destination.ToAddresses[0] });
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ MessageId: randomUUID() }));
      return;
    }
    const answer = answers[target]?.(JSON.parse(body)) ?? { __type: "UnknownOperationException" };
    response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    queued,
    mailed,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
