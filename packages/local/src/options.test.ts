import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without options it listens on port 3000, for this machine alone, and keeps the data", () => {
  expect(readOptions([])).toEqual({
    port: 3000,
    host: "127.0.0.1",
    data: undefined,
    reset: false,
    verbose: false,
    help: false,
  });
});

test("each option is read", () => {
  const args = ["--port", "4000", "--host=::", "--data", "/data", "--reset", "--verbose", "--help"];
  expect(readOptions(args)).toEqual({
    port: 4000,
    host: "::",
    data: "/data",
    reset: true,
    verbose: true,
    help: true,
  });
});

test.each([
  [["--prot", "4000"], /^Unknown option '--prot'.*--help.*$/],
  [["4000"], /^Unexpected argument '4000'.*--help.*$/],
  [["--port"], /^Option '--port <value>' argument missing.*--help.*$/],
  [["--port", "http"], /^--port should be a number from 0 to 65535, not "http"$/],
  [["--port", "65536"], /^--port should be a number .*$/],
  [["--host", ""], /^--host should be an address or a name$/],
])("%j is refused in one line", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
