import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a DynamoDB does with a request instead of, or before, answering well. */
export type React = (response: ServerResponse, request: IncomingMessage) => void;

export interface Received {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FaultServer {
  readonly url: string;
  readonly received: readonly Received[];
  readonly connections: () => number;
  close(): void;
}

export const jsonType = "application/x-amz-json-1.0";

/** A DynamoDB that does these to its first requests, and to any after them the last of them. */
export async function openFaultServer(reactions: readonly React[]): Promise<FaultServer> {
  const received: Received[] = [];
  let connections = 0;
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const react = reactions[Math.min(received.length, reactions.length - 1)];
    received.push({
      method: String(request.method),
      headers: request.headers as Record<string, string>,
      body,
    });
    react?.(response, request);
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An answer of any text. */
export function says(status: number, text: string, headers: Record<string, string> = {}): React {
  return (response) => {
    response.writeHead(status, { "Content-Type": jsonType, ...headers }).end(text);
  };
}

export function refuses(status: number, name: string, more: object = {}, headers = {}): React {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  return says(status, JSON.stringify({ __type, message: "told by a test", ...more }), headers);
}

export const item = { Item: { pk: { S: "a" }, b: { B: "AQID" } } };

export const answersWell: React = says(200, JSON.stringify(item));

export const hangsUp: React = (response) => response.socket?.destroy();

/** Of an answer as long as it says, half comes. */
export const breaksOff: React = (response) => {
  response.writeHead(200, { "Content-Type": jsonType, "Content-Length": "1000" });
  response.write('{"Item":', () => response.socket?.destroy());
};

/** The same of an answer that does not say how long it is. */
export const breaksOffChunked: React = (response) => {
  response.writeHead(500, { "Content-Type": jsonType });
  response.write('{"__type":', () => response.socket?.destroy());
};
