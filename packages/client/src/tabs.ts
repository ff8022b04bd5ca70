/** What pages of one origin agree on: one at a time, and what each tells the others. */
export interface Tabs {
  /**
   * Runs alone among all tabs; `others` is true where another one was at it before. Without Web Locks it is alone in
   * this page only, and then the API's grace for a refresh token that was just replaced keeps the tabs logged in.
   */
  exclusive<T>(run: (others: boolean) => Promise<T>): Promise<T>;
  post(message: unknown): void;
  close(): void;
}

/** As much of `navigator.locks` as is used. */
interface Locks {
  request<T>(
    name: string,
    options: { ifAvailable: boolean },
    run: (lock: object | null) => Promise<T>,
  ): Promise<T>;
}

/** As much of `BroadcastChannel` as is used. */
interface Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** Of one page alone: on a server several clients of different people live in one process, and must not hear each other. */
export function noTabs(): Tabs {
  let last: Promise<unknown> = Promise.resolve();
  return {
    exclusive: (run) => {
      const next = last.then(() => run(false));
      last = next.catch(() => {});
      return next;
    },
    post: () => {},
    close: () => {},
  };
}

/** `name` tells apart clients that have nothing to say to each other. */
export function createTabs(name: string, onMessage: (message: unknown) => void): Tabs {
  if (!("document" in globalThis)) return noTabs();
  const alone = noTabs();
  const locks = (navigator as { locks?: Locks }).locks;
  let channel = openChannel(name, onMessage);
  return {
    exclusive: (run) => alone.exclusive(() => (locks ? locked(locks, name, run) : run(false))),
    post: (message) => channel?.postMessage(message),
    close: () => {
      channel?.close();
      channel = undefined;
    },
  };
}

/** A page without an origin (a sandboxed frame) has neither locks nor channels: it goes without. */
async function locked<T>(locks: Locks, name: string, run: (others: boolean) => Promise<T>): Promise<T> {
  let running: Promise<T> | undefined;
  const start = (others: boolean) => {
    running = run(others);
    return running;
  };
  try {
    const isMine = await locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await start(false);
      return lock !== null;
    });
    if (!isMine) await locks.request(name, { ifAvailable: false }, () => start(true));
  } catch {
    // What `run` threw, it throws again here.
  }
  return running ?? run(false);
}

function openChannel(name: string, onMessage: (message: unknown) => void): Channel | undefined {
  try {
    const channel = new BroadcastChannel(name) as unknown as Channel;
    channel.onmessage = ({ data }) => onMessage(data);
    return channel;
  } catch {
    return undefined;
  }
}
