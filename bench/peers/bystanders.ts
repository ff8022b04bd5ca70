import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** How long one tick of the kernel's accounts is: its USER_HZ is 100 on every architecture Node runs on (time(7)). */
const tickMs = 10;

/**
 * Watches what everybody else does on this machine, the host that it may be a guest of included.
 *
 * @param processes whose work does not count.
 * @returns what to call at the end: it answers the share of the processors' time that others took, from 0 to 1; 0 too where
 *   there is no `/proc`.
 */
export function watchBystanders(processes: readonly number[]): () => number {
  const startedAt = performance.now();
  const before = ticksOfOthers(processes);
  return () => {
    const available = (availableParallelism() * (performance.now() - startedAt)) / tickMs;
    return Math.max(0, ticksOfOthers(processes) - before) / available;
  };
}

function ticksOfOthers(processes: readonly number[]): number {
  try {
    return processes.reduce((ticks, pid) => ticks - ticksOf(pid), ticksOfAll());
  } catch {
    return 0;
  }
}

/** user, nice, system and steal of all processors; what interrupts take belongs to nobody (proc_stat(5)). */
function ticksOfAll(): number {
  const [, ...fields] = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").split(/\s+/);
  return [0, 1, 2, 7].reduce((sum, field) => sum + Number(fields[field] ?? 0), 0);
}

/** utime and stime, the 14th and 15th field, of which the second may hold spaces (proc_pid_stat(5)). */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
