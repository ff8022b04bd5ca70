import { type ChildProcess, spawn } from "node:child_process";

/**
 * Kills the process `pid` when this process dies, however it dies: the watcher's standard input ends with
 * its parent, `kill -9` included. It has a session of its own, so Ctrl-C does not reach it.
 *
 * @returns what calls the watcher off, for when the process has ended otherwise.
 */
export function killWithParent(pid: number): () => void {
  const watcher: ChildProcess = spawn("/bin/sh", ["-c", 'read -r _ || kill -9 "$1"', "sh", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Where there is no sh, nobody watches: the next start copes with a process that was left over.
  watcher.on("error", () => {});
  watcher.stdin?.on("error", () => {});
  watcher.unref();
  return () => watcher.stdin?.end("\n");
}
