import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Parameter {
  readonly Name: string;
  readonly Value: string;
  readonly Type: string;
  readonly Tier?: string;
}

export interface ParameterStore {
  readonly url: string;
  readonly stored: readonly Parameter[];
  valueOf(name: string): string;
  /** Holds these and nothing else. */
  hold(...parameters: readonly Parameter[]): void;
  stop(): Promise<void>;
}

/** As much of SSM as the scripts ask for, on a free port of this machine. */
export async function startParameterStore(): Promise<ParameterStore> {
  let stored: Parameter[] = [];
  const actions: Record<string, (input: Parameter & { Names: string[]; Overwrite: boolean }) => object> = {
    "AmazonSSM.GetParameters": ({ Names }) => ({
      Parameters: stored.filter(({ Name }) => Names.includes(Name)),
    }),
    "AmazonSSM.GetParameter": (asked) => {
      const Parameter = stored.find(({ Name }) => Name === asked.Name);
      return Parameter ? { Parameter } : { __type: "ParameterNotFound" };
    },
    "AmazonSSM.PutParameter": ({ Overwrite, ...parameter }) => {
      const others = stored.filter(({ Name }) => Name !== parameter.Name);
      if (others.length < stored.length && !Overwrite) return { __type: "ParameterAlreadyExists" };
      stored = [...others, parameter];
      return { Version: 1 };
    },
    "AmazonSSM.DeleteParameters": ({ Names }) => {
      stored = stored.filter(({ Name }) => !Names.includes(Name));
      return { DeletedParameters: Names };
    },
  };

  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = actions[String(request.headers["x-amz-target"])]?.(JSON.parse(body));
    const status = answer === undefined ? 501 : "__type" in answer ? 400 : 200;
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get stored() {
      return stored;
    },
    valueOf: (name) => stored.find(({ Name }) => Name.endsWith(`/${name}/value`))?.Value ?? "",
    hold: (...parameters) => {
      stored = [...parameters];
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
