import { expect } from "vitest";
import { captureStdout } from "../stdout.ts";

const stdout = captureStdout();

/** What is logged while a request is sent again and again. */
export interface Log {
  /** Makes sure that what was logged tells no secret, and begins anew. */
  readonly begin: () => void;
  /** The kinds of the jobs of which it says since then that they were not queued. */
  readonly unqueued: () => readonly string[];
}

export function watchLog(secrets: readonly string[]): Log {
  let read = 0;
  const unread = () => stdout.text().slice(read);
  return {
    begin() {
      for (const secret of secrets) expect(unread()).not.toContain(secret);
      read = stdout.text().length;
    },
    unqueued() {
      const lines = unread()
        .split("\n")
        .filter((line) => line.includes("a job was not queued"));
      return lines.map((line) => String(JSON.parse(line).kind));
    },
  };
}
