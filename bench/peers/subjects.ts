import { startChild } from "../support/child.ts";
import { startHouse } from "../support/house.ts";

/** A server that runs, ours or a peer's. */
export interface Subject extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  readonly api: Api;
  /** The ids of the processes it consists of. */
  readonly processes: readonly number[];
  /** What the serving process has used of the processors, in microseconds. A database beside it is not in it. */
  cpu(): Promise<number>;
  /** Since it was asked last; of ours only. */
  longestStallMs?(): Promise<number>;
  /** Waits until what its answers left to do is done. */
  idle?(): Promise<void>;
}

/** How a server is spoken to. */
export interface Api {
  readonly register: string;
  /** Whether nobody can register without a name. */
  readonly needsName?: true;
  /** What a page would be served from, where nobody registers or logs in without it. */
  readonly origin?: string;
  readonly logIn: string;
  readonly me: string;
  /** The header that lets somebody in, by the answer to their log-in. */
  admission(answer: Response): Promise<readonly [name: string, value: string]>;
}

/** Who `GET /me` is asked for longer than a token of ours lives by default. */
const tokenSeconds = "3600";

const byToken: Api = {
  register: "POST /register",
  logIn: "POST /login",
  me: "GET /me",
  async admission(answer) {
    const { token } = (await answer.json()) as { readonly token: string };
    return ["Authorization", `Bearer ${token}`];
  },
};

const bySession: Api = {
  register: "POST /api/auth/sign-up/email",
  needsName: true,
  origin: "http://127.0.0.1",
  logIn: "POST /api/auth/sign-in/email",
  me: "GET /api/auth/get-session",
  async admission(answer) {
    const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return ["Cookie", pairs.join("; ")];
  },
};

export const ours = "ours";

export const tutorial = "the tutorial, on our gateway and database";

const peers: readonly (readonly [name: string, file: string, api: Api])[] = [
  [tutorial, "tutorial", byToken],
  ["express", "express", byToken],
  ["fastify", "fastify", byToken],
  ["better-auth", "better-auth", bySession],
];

/** What starts each of them, ours first. */
export const starters: readonly (() => Promise<Subject>)[] = [
  startOurs,
  ...peers.map((peer) => () => startPeer(peer)),
];

async function startOurs(): Promise<Subject> {
  const house = await startHouse({ ACCESS_TOKEN_SECONDS: tokenSeconds });
  return {
    name: ours,
    port: house.port,
    api: byToken,
    processes: await house.processes(),
    cpu: () => house.cpu(),
    longestStallMs: async () => (await house.stalls()).longestMs,
    idle: () => house.idle(),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}

async function startPeer([name, file, api]: (typeof peers)[number]): Promise<Subject> {
  const child = await startChild(new URL(`servers/${file}.mjs`, import.meta.url), { NODE_ENV: "production" });
  const { port, processes } = child.started as Pick<Subject, "port" | "processes">;
  return {
    name,
    port,
    api,
    processes,
    cpu: async () => (await child.order("cpu")) as number,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
