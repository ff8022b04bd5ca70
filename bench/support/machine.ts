import { availableParallelism } from "node:os";

/** What the figures were taken on. */
export function machine(): string {
  return `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${availableParallelism()} processors`;
}
