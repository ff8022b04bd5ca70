import { fork } from "node:child_process";
import { once } from "node:events";
import type { Order, Orders, Stalls } from "./house-process.ts";
import { type Answer, type Message, send } from "./send.ts";

export interface House extends Orders, AsyncDisposable {
  /** Sends `POST /login` or the like; rejects where no answer comes. */
  send(what: string, message: Message): Promise<Answer>;
}

interface Told {
  readonly id: number;
  readonly answer: unknown;
}

/** Starts the whole house in another process, so that its event loop is its own, with these settings over the shell's. */
export async function startHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  const child = fork(new URL("./house-process.ts", import.meta.url), {
    env: { ...process.env, ...settings },
  });
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const expectAnswer = (id: number) => {
    const answer = Promise.withResolvers<unknown>();
    asked.set(id, answer);
    return answer.promise;
  };
  child.on("message", ({ id, answer }: Told) => {
    asked.get(id)?.resolve(answer);
    asked.delete(id);
  });
  const ended = once(child, "exit").then(() => {
    for (const { reject } of asked.values()) reject(new Error("the house has ended by itself"));
  });

  const port = Number(await expectAnswer(0));
  let id = 0;
  const order = async (name: keyof Orders, email = ""): Promise<unknown> => {
    id += 1;
    child.send({ id, name, email } satisfies Order);
    return expectAnswer(id);
  };
  return {
    send: (what, message) => send(port, what, message),
    idle: async () => void (await order("idle")),
    disable: async (email) => void (await order("disable", email)),
    stalls: async () => (await order("stalls")) as Stalls,
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    },
  };
}
