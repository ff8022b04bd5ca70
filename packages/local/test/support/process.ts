import { vi } from "vitest";

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until the process is gone. */
export async function untilGone(pid: number): Promise<void> {
  await vi.waitFor(
    () => {
      if (isRunning(pid)) throw new Error(`the process ${pid} still runs`);
    },
    { timeout: 20_000, interval: 20 },
  );
}
