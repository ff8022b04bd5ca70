import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const account = "123456789012";

export interface IdentityService {
  readonly url: string;
  stop(): Promise<void>;
}

/** STS, for whoever brings any credentials but those named `wrong`. */
export async function startIdentityService(): Promise<IdentityService> {
  const server = createServer((request, response) => {
    request.resume();
    const isWrong = request.headers.authorization?.includes("Credential=wrong/");
    const body = isWrong
      ? "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></ErrorResponse>"
      : `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    response.writeHead(isWrong ? 403 : 200, { "content-type": "text/xml" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
