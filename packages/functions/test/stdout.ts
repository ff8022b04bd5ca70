import { afterEach, beforeEach, vi } from "vitest";
import { noteOutput } from "./leaks.ts";

type Line = Readonly<Record<string, unknown>>;

/** Keeps what is written to stdout during each test of the file that calls it, and off the terminal. */
export function captureStdout(): { text: () => string; lines: () => Line[]; counts: () => Line[] } {
  let written = "";
  beforeEach(() => {
    written = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      written += String(chunk);
      noteOutput(chunk);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  /** Each line parsed: a line that is not JSON fails the test. */
  const parsed = () =>
    written
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  return {
    text: () => written,
    /** What is to be read by people. */
    lines: () => parsed().filter((line) => !("_aws" in line)),
    /** What is to be counted. */
    counts: () => parsed().filter((line) => "_aws" in line),
  };
}
