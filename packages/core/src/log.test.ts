import { afterEach, expect, it, vi } from "vitest";
import { atSecond } from "../test/session.ts";
import { writeLog } from "./log.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("an entry is one line of JSON with its time, whatever is in it", () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  atSecond(0);
  const hostile = 'a\nb\r{"message":"forged"}\u2028\u0000';
  writeLog({ message: "mail", to: hostile });
  const line = String(write.mock.calls[0]?.[0]);
  expect(line.match(/[\r\n]/g)).toEqual(["\n"]);
  expect(line.endsWith("}\n")).toBe(true);
  expect(JSON.parse(line)).toEqual({ time: "2026-05-28T20:26:40.000Z", message: "mail", to: hostile });
  expect(write).toHaveBeenCalledTimes(1);
});
