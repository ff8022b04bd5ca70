import { once } from "node:events";

type Message = Record<string, unknown>;

/** Speaks the Chrome DevTools Protocol the way VS Code does: one session, and one inside it for each worker. */
export interface InspectorSession {
  send(method: string, params?: Message): Promise<Message>;
  /** Waits for an event, past ones included; each is given once. */
  event(method: string): Promise<Message>;
  close(): void;
}

export async function connectInspector(url: string): Promise<InspectorSession> {
  const socket = new WebSocket(url);
  await once(socket, "open");
  const session = createSession((text) => socket.send(text));
  socket.addEventListener("message", ({ data }) => session.receive(String(data)));
  return { ...session, close: () => socket.close() };
}

/** The session of a worker that `NodeWorker.attachedToWorker` told of. */
export function workerSession(parent: InspectorSession, sessionId: string): InspectorSession {
  const session = createSession(
    (message) => void parent.send("NodeWorker.sendMessageToWorker", { sessionId, message }),
  );
  let isOpen = true;
  const pump = async () => {
    while (isOpen)
      session.receive(String((await parent.event("NodeWorker.receivedMessageFromWorker"))["message"]));
  };
  void pump();
  return {
    ...session,
    close: () => {
      isOpen = false;
    },
  };
}

function createSession(write: (text: string) => void) {
  let lastId = 0;
  const answers = new Map<number, PromiseWithResolvers<Message>>();
  const seen: { method: string; params: Message }[] = [];
  const waiting: { method: string; resolve: (params: Message) => void }[] = [];

  return {
    send(method: string, params: Message = {}): Promise<Message> {
      const id = ++lastId;
      const answer = Promise.withResolvers<Message>();
      answers.set(id, answer);
      write(JSON.stringify({ id, method, params }));
      return answer.promise;
    },
    event(method: string): Promise<Message> {
      const index = seen.findIndex((event) => event.method === method);
      const [event] = index >= 0 ? seen.splice(index, 1) : [];
      if (event) return Promise.resolve(event.params);
      return new Promise((resolve) => waiting.push({ method, resolve }));
    },
    receive(text: string): void {
      const message = JSON.parse(text);
      if (message.id !== undefined) {
        const answer = answers.get(message.id);
        if (message.error) answer?.reject(new Error(message.error.message));
        else answer?.resolve(message.result);
        return;
      }
      const index = waiting.findIndex(({ method }) => method === message.method);
      const [waiter] = index >= 0 ? waiting.splice(index, 1) : [];
      if (waiter) waiter.resolve(message.params);
      else seen.push({ method: message.method, params: message.params });
    },
  };
}
