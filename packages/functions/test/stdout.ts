import { afterEach, beforeEach, vi } from "vitest";

/** Keeps what is written to stdout during each test of the file that calls it, and off the terminal. */
export function captureStdout(): { text: () => string; lines: () => Record<string, unknown>[] } {
  let written = "";
  beforeEach(() => {
    written = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      written += String(chunk);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return {
    text: () => written,
    /** Each line parsed: a line that is not JSON fails the test. */
    lines: () =>
      written
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
