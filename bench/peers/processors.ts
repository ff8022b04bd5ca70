import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Which processors the servers run on, and which the load does. */
export interface Place {
  readonly name: string;
  /** How many the servers have; undefined where nothing can be pinned. */
  readonly processors?: 1 | 2;
  /** Lists as `taskset` takes them. */
  readonly server?: string;
  readonly load?: string;
}

/**
 * One processor for the servers and another for the load, and two for both. Where this process may not run on two, or
 * there is no `taskset`, there is but one place, and it pins nothing.
 */
export function places(): readonly Place[] {
  const [one, other] = allowed();
  if (one === undefined || other === undefined || !hasTaskset()) return [{ name: "not pinned" }];
  const both = `${one},${other}`;
  return [
    { name: "one processor", processors: 1, server: one, load: other },
    { name: "two processors", processors: 2, server: both, load: both },
  ];
}

/** Moves all threads of a process, and those it starts later. */
export function pin(pid: number, processors: string | undefined): void {
  if (processors !== undefined) execFileSync("taskset", ["-a", "-c", "-p", processors, String(pid)]);
}

/** Those this process may run on, of Linux (proc_pid_status(5)); none are known elsewhere. */
function allowed(): readonly string[] {
  try {
    const [, list = ""] =
      /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return list.split(",").flatMap((range) => {
      const [first = Number.NaN, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
    });
  } catch {
    return [];
  }
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"]);
    return true;
  } catch {
    return false;
  }
}
