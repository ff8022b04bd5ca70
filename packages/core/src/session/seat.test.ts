import { expect, it } from "vitest";
import { idPattern } from "../id.ts";
import { freeSeats, newSessionId, seatOf, seatPattern, seats, sessionIdPattern } from "./seat.ts";

const allSeats = Array.from({ length: 50 }, (_, index) => String(index).padStart(2, "0"));

it("there are fifty seats, and a name for each of them and no other", () => {
  expect(seats).toBe(50);
  expect(freeSeats([])).toEqual(allSeats);
  const names = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, "0"));
  expect(names.filter((name) => seatPattern.test(name))).toEqual(allSeats);
});

it("a session's id is its seat and a ULID that is new each time", () => {
  const ids = Array.from({ length: 1000 }, () => newSessionId("07"));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) {
    expect(id).toMatch(sessionIdPattern);
    expect(id.slice(2)).toMatch(idPattern);
    expect(seatOf(id)).toBe("07");
  }
});

it("the seats drawn are all fifty, about as often each", () => {
  const drawn = new Map<string, number>();
  for (let draw = 0; draw < 10_000; draw += 1) {
    const seat = seatOf(newSessionId());
    drawn.set(seat, (drawn.get(seat) ?? 0) + 1);
  }
  expect([...drawn.keys()].sort()).toEqual(allSeats);
  // 200 each are expected, give or take 14: these bounds are seven times that away.
  for (const times of drawn.values()) {
    expect(times).toBeGreaterThan(100);
    expect(times).toBeLessThan(300);
  }
});

it("the seats that nobody sits in are free", () => {
  expect(freeSeats([{ seat: "00" }, { seat: "49" }, { seat: "07" }, { seat: "07" }])).toEqual(
    allSeats.filter((seat) => !["00", "07", "49"].includes(seat)),
  );
  expect(freeSeats(allSeats.map((seat) => ({ seat })))).toEqual([]);
});

it.each([
  "",
  "0001j0000000000000000000000",
  "0001j000000000000000000000000",
  "5001j00000000000000000000000",
  "0001J00000000000000000000000",
  "0081j00000000000000000000000",
  "0001j0000000000000000000000u",
  "0001j0000000000000000000000\n",
  "01j00000000000000000000000",
])("%j is no id of a session", (text) => {
  expect(sessionIdPattern.test(text)).toBe(false);
});
