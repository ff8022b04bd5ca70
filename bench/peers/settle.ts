import { newEmail, password } from "../support/people.ts";
import type { Subject } from "./subjects.ts";

/** What is asked of a server over and over, each of another person. */
export interface Requests {
  readonly me: readonly string[];
  readonly logIn: readonly string[];
}

type Headers = readonly (readonly [name: string, value: string])[];

/** How many register at a time: more would only wait. */
const atOnce = 4;

/** Makes this many accounts by the front door, logs each in once, and answers what they will ask. */
export async function settle(subject: Subject, people: number): Promise<Requests> {
  const waiting = Array.from({ length: people }, newEmail).values();
  const settled: { readonly me: string; readonly logIn: string }[] = [];
  const arrive = async () => {
    for (const email of waiting) settled.push(await settleOne(subject, email));
  };
  await Promise.all(Array.from({ length: atOnce }, arrive));
  await subject.idle?.();
  return { me: settled.map(({ me }) => me), logIn: settled.map(({ logIn }) => logIn) };
}

async function settleOne({ port, api }: Subject, email: string) {
  const headers: Headers = [
    ["Content-Type", "application/json"],
    ...(api.origin ? [["Origin", api.origin] as const] : []),
  ];
  const credentials = JSON.stringify({ email, password });
  const registration = JSON.stringify({ email, password, ...(api.needsName && { name: "Ada" }) });
  await post(port, api.register, headers, registration);
  const admission = await api.admission(await post(port, api.logIn, headers, credentials));
  return {
    me: requestOf(port, api.me, [admission]),
    logIn: requestOf(port, api.logIn, headers, credentials),
  };
}

async function post(port: number, what: string, headers: Headers, body: string): Promise<Response> {
  const [method = "", path] = what.split(" ");
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: headers.map(([name, value]) => [name, value]),
    body,
  });
  if (!answer.ok) throw new Error(`${what} was answered with ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** As it goes over the wire. */
function requestOf(port: number, what: string, headers: Headers, body = ""): string {
  const all: Headers = [
    ["Host", `127.0.0.1:${port}`],
    ...headers,
    ...(body ? [["Content-Length", String(Buffer.byteLength(body))] as const] : []),
  ];
  const lines = [`${what} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
