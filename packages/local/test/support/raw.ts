import type { Route } from "@gatehouse/contract";
import type { Person } from "../../../functions/test/people.ts";
import { sampleOf } from "../../../functions/test/samples.ts";

/** A request before it is bytes, so that a test may spoil any part of it. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly version?: string;
  readonly lines: readonly string[];
  readonly body: string;
}

/** A good request to a route by a person about themselves, with their token wherever it may go. */
export function goodRequest(route: Route, person: Person): RawRequest {
  const sample = sampleOf(route, person);
  const target = Object.entries(sample.params ?? {}).reduce<string>(
    (path, [name, value]) => path.replace(`{${name}}`, value),
    route.path,
  );
  return {
    method: route.method,
    target,
    lines: [
      "Host: 127.0.0.1",
      "Connection: close",
      ...(route.authorizer === "token" ? [`Authorization: Bearer ${person.token}`] : []),
      ...(sample.body ? ["Content-Type: application/json"] : []),
    ],
    body: sample.body ? JSON.stringify(sample.body) : "",
  };
}

/** The request as it goes out, with the length of its body unless it says so itself. */
export function bytesOf({ method, target, version = "HTTP/1.1", lines, body }: RawRequest): string {
  const isFramed = lines.some((line) => /^(?:content-length|transfer-encoding)/i.test(line));
  const length = body !== "" && !isFramed ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  return `${method} ${target} ${version}\r\n${[...lines, ...length].join("\r\n")}\r\n\r\n${body}`;
}

/** The statuses of all answers in what came back. */
export function statusesIn(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]));
}
