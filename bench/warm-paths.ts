import { createPublicKey, verify as verifySignature } from "node:crypto";
import { routes } from "@gatehouse/contract";
import { epochSeconds } from "../packages/core/src/clock.ts";
import { eventOf } from "../packages/functions/test/event.ts";
import { readNumbers } from "./support/options.ts";
import { openPlace } from "./support/place.ts";
import { type Figure, report } from "./support/report.ts";
import { ordersOf } from "./support/rounds.ts";
import { median } from "./support/statistics.ts";

interface Subject {
  readonly name: string;
  run(): unknown;
  /** The name of what it is told in times of, or of what it is told over, and what is wanted of that. */
  readonly of?: string;
  readonly over?: string;
  readonly wanted?: string;
}

/**
 * What is done again with each request in a container that is warm, in CPU of this process and without the table: the
 * authorizer, and the pipeline of a route with a body. Lines of the log are made and not written.
 *
 * @throws UsageError
 */
export async function run(args: readonly string[]): Promise<readonly string[]> {
  const { rounds, times } = readNumbers(args, { rounds: 30, times: 1000 });
  await using _ = await openPlace();
  const subjects = [...(await authorizing()), ...(await passingThePipeline())];
  const taken = new Map(subjects.map(({ name }): [string, number[]] => [name, []]));
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    for (const { run } of subjects) await microsecondsOf(run, times);
    for (const order of ordersOf(subjects.length, rounds)) {
      for (const index of order) {
        const { name, run } = subjects[index] as Subject;
        taken.get(name)?.push(await microsecondsOf(run, times));
      }
    }
  } finally {
    process.stdout.write = write;
  }

  const of = (name: string) => median(taken.get(name) ?? []);
  const figures = subjects.map(({ name, of: base, over, wanted }): Figure => {
    const value = of(name) - (over === undefined ? 0 : of(over));
    const figure = { name, value, unit: "microseconds", ...(wanted && { wanted }) };
    return base === undefined ? figure : { ...figure, of: base, ratio: value / of(base) };
  });
  report("warm-paths", `CPU of one, medians of ${rounds} rounds by turns`, figures);
  return [];
}

async function authorizing(): Promise<readonly Subject[]> {
  const User = await import("../packages/core/src/user/index.ts");
  const Session = await import("../packages/core/src/session/index.ts");
  const Token = await import("../packages/core/src/token/index.ts");
  const { client } = await import("../packages/core/src/store/client.ts");
  const { handler } = await import("../packages/functions/src/authorizer.ts");
  await User.register({ email: "ada@example.com", password: "nine copper kettles 4" });
  const user = await User.authenticate("ada@example.com", "nine copper kettles 4");
  const { token } = await Session.open(user, { sourceIp: "198.51.100.7" });

  const [key] = (await Token.publicKeySet()).keys;
  const publicKey = createPublicKey({ key: { ...key }, format: "jwk" });
  const end = token.lastIndexOf(".");
  const signed = Buffer.from(token.slice(0, end));
  const signature = derOf(Buffer.from(token.slice(end + 1), "base64url"));
  if (!verifySignature("sha256", signed, publicKey, signature)) throw new Error("the token is not signed");

  // The answer of one read, for all that follow: what it costs is another bench's (dynamodb-client).
  const event = { headers: { authorization: `Bearer ${token}` }, ...methodArn };
  const { call } = client;
  let read: Promise<never> | undefined;
  client.call = (operation, input) => {
    read ??= call(operation, input) as Promise<never>;
    return read;
  };
  const { policyDocument } = await handler(event);
  if (policyDocument.Statement[0]?.Effect !== "Allow") throw new Error("the authorizer denies");
  const bare = "crypto.verify with a KeyObject";
  return [
    { name: bare, run: () => verifySignature("sha256", signed, publicKey, signature) },
    { name: "a token, checked whole", run: () => Token.verify(token), of: bare, wanted: "<= 1.5" },
    { name: "the authorizer without its read", run: () => handler(event), of: bare, wanted: "<= 1.5" },
  ];
}

const methodArn = {
  type: "REQUEST",
  methodArn: "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/$default/GET/me",
};

/** An ECDSA signature as OpenSSL wants it: a token has its two numbers one after the other (RFC 7518 section 3.4). */
function derOf(signature: Buffer): Buffer {
  const number = (bytes: Buffer) => {
    const digits = bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => byte !== 0),
      ),
    );
    const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
    return Buffer.concat([Buffer.from([2, positive.length]), positive]);
  };
  const numbers = Buffer.concat([number(signature.subarray(0, 32)), number(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, numbers.length]), numbers]);
}

async function passingThePipeline(): Promise<readonly Subject[]> {
  const { handle } = await import("../packages/functions/src/handle.ts");
  const answer = {
    id: "01j00000000000000000000000",
    email: "ada@example.com",
    emailVerified: true,
    name: "Ada",
    locale: null,
    picture: null,
    roles: [],
    createdAt: "2026-06-01T12:00:00.000Z",
    updatedAt: "2026-06-01T12:00:00.000Z",
  };
  const context = {
    userId: answer.id,
    sessionId: `00${answer.id}`,
    scope: "profile:read profile:write",
    roles: "",
    clientId: "first-party",
    tokenId: "00112233445566778899aabbccddeeff",
    authTime: epochSeconds(),
    exp: epochSeconds() + 3600,
  };
  const request = eventOf({ method: "PATCH", path: "/me", body: { name: "Ada" }, context });
  const body = String(request.body);
  const handler = handle(routes.changeMe, () => answer);
  const lambda = { functionName: "bench", getRemainingTimeInMillis: () => 29_000 };
  // A pipeline changes its event.
  const pass = () =>
    handler({ ...request, requestContext: { ...request.requestContext } } as never, lambda as never);
  const { statusCode } = (await pass()) as { statusCode: number };
  if (statusCode !== 200) throw new Error(`the pipeline answers ${statusCode}`);
  const bare = "JSON.parse and JSON.stringify";
  return [
    { name: bare, run: () => JSON.stringify(answer).length + JSON.parse(body).name.length },
    { name: "the pipeline of PATCH /me, over that", run: pass, over: bare, wanted: "<= 10" },
  ];
}

async function microsecondsOf(run: () => unknown, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
