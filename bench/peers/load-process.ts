/** Asks a server as fast as it answers, in a process of its own, so that what it takes is not the server's. */
import type { Order } from "../support/child.ts";
import { type Connection, openConnection } from "./connection.ts";

export interface Load {
  readonly port: number;
  /** Whole requests, asked in turn. */
  readonly requests: readonly string[];
  /** What the body of every answer holds. */
  readonly expected: string;
  /** How many are asked at once, each over a connection of its own. */
  readonly atOnce: number;
  /** After this nothing more is asked. What was asked by then is waited for. */
  readonly seconds: number;
}

export interface Served {
  readonly answers: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
}

async function serve({ port, requests, expected, atOnce, seconds }: Load): Promise<Served> {
  const connections = await Promise.all(Array.from({ length: atOnce }, () => openConnection(port)));
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let answers = 0;
  const askOn = async (connection: Connection) => {
    while (performance.now() < endsAt) {
      const request = requests[answersAsked++ % requests.length] ?? "";
      const { status, body } = await connection.ask(request);
      if (status !== 200 || !body.includes(expected))
        throw new Error(`${request.split("\r\n")[0]} was answered with ${status}: ${body}`);
      answers += 1;
    }
  };
  await Promise.all(connections.map(askOn));
  const lasted = (performance.now() - startedAt) / 1000;
  for (const connection of connections) connection.end();
  return { answers, seconds: lasted };
}

/** Goes on from load to load, so that each person is asked for as often as every other. */
let answersAsked = 0;

process.on("message", async ({ id, about }: Order) => {
  try {
    process.send?.({ id, answer: await serve(about as Load) });
  } catch (error) {
    process.send?.({ id, fault: (error as Error).message });
  }
});
process.once("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
process.send?.({ id: 0 });
