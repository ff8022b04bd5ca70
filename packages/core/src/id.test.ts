import { afterEach, describe, expect, it, vi } from "vitest";
import { idPattern, newId, randomHex } from "./id.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("an id", () => {
  it("is a ULID in lower case, and no two are the same", () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.filter((id) => !idPattern.test(id))).toEqual([]);
    expect(ids.filter((id) => id !== id.toLowerCase())).toEqual([]);
    expect(new Set(ids).size).toBe(1000);
  });

  it("sorts by time", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_780_000_000_000 });
    const early = newId();
    vi.setSystemTime(1_780_000_000_001);
    expect(newId() > early).toBe(true);
  });

  const good = "01j00000000000000000000000";
  const others = [
    "",
    good.slice(1),
    `${good}0`,
    good.toUpperCase(),
    `8${good.slice(1)}`,
    `${good.slice(1)}i`,
    `${good.slice(1)}l`,
    `${good.slice(1)}o`,
    `${good.slice(1)}u`,
    `${good.slice(1)}#`,
    `${good}\n`,
    `${good.slice(2)}\u212A`,
    "user#profile",
  ];
  it.each(others)("%j is none", (text) => {
    expect(idPattern.test(good)).toBe(true);
    expect(idPattern.test(text)).toBe(false);
  });
});

it("random hex has 128 bits and does not repeat", () => {
  const values = Array.from({ length: 1000 }, randomHex);
  expect(values.filter((value) => !/^[0-9a-f]{32}$/.test(value))).toEqual([]);
  expect(new Set(values).size).toBe(1000);
});
