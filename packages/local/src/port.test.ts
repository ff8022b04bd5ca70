import { expect, test } from "vitest";
import { isPortTaken, onPort } from "./port.ts";

const taken = new Error("it failed", { cause: { code: "EADDRINUSE" } });

test("a port that is asked for is tried once", async () => {
  const tried: number[] = [];
  const listen = async (port: number) => {
    tried.push(port);
    throw taken;
  };
  await expect(onPort(4000, listen)).rejects.toBe(taken);
  expect(tried).toEqual([4000]);
});

test("a free port that another process took first is followed by another", async () => {
  let tries = 0;
  const { port, result } = await onPort(0, async (port) => {
    tries += 1;
    if (tries < 3) throw taken;
    return port;
  });
  expect(tries).toBe(3);
  expect(result).toBe(port);
  expect(port).toBeGreaterThan(0);
});

test("it does not try for ever, and not at all after another error", async () => {
  await expect(onPort(0, () => Promise.reject(taken))).rejects.toBe(taken);
  let tries = 0;
  const broken = () => {
    tries += 1;
    return Promise.reject(new Error("broken"));
  };
  await expect(onPort(0, broken)).rejects.toThrow("broken");
  expect(tries).toBe(1);
  expect(isPortTaken("EADDRINUSE")).toBe(false);
});
