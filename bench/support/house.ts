import { startChild } from "./child.ts";
import type { Orders, Stalls } from "./house-process.ts";
import { type Answer, type Message, send } from "./send.ts";

export interface House extends Orders, AsyncDisposable {
  readonly port: number;
  /** Sends `POST /login` or the like; rejects where no answer comes. */
  send(what: string, message: Message): Promise<Answer>;
}

/** Starts the whole house in another process, so that its event loop is its own, with these settings over the shell's. */
export async function startHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  const child = await startChild(new URL("./house-process.ts", import.meta.url), settings);
  const port = Number(child.started);
  const order = (name: keyof Orders, email?: string) => child.order(name, email);
  return {
    port,
    send: (what, message) => send(port, what, message),
    idle: async () => void (await order("idle")),
    disable: async (email) => void (await order("disable", email)),
    stalls: async () => (await order("stalls")) as Stalls,
    processes: async () => (await order("processes")) as readonly number[],
    cpu: async () => (await order("cpu")) as number,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
