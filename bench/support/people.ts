import { randomBytes } from "node:crypto";
import type { House } from "./house.ts";
import { loopback } from "./sources.ts";

export const password = "correct horse battery";

/** As long as the right one. */
export const wrongPassword = "correct horse battles";

/** Every email is as long as every other, so that no answer's length differs by it. */
export function newEmail(): string {
  return `p-${randomBytes(6).toString("hex")}@example.com`;
}

/** How many register at a time: the containers of one function on a small machine. */
const atOnce = 2;

let registered = 0;

/** Makes accounts by the front door, and answers their emails once every mail to them is sent. */
export async function registerPeople(house: House, count: number): Promise<readonly string[]> {
  const emails = Array.from({ length: count }, newEmail);
  const waiting = emails.values();
  const register = async () => {
    for (const email of waiting) {
      const from = loopback("registrations", registered++);
      const { status, body } = await house.send("POST /register", { from, body: { email, password } });
      if (status !== 201) throw new Error(`a registration was answered with ${status}: ${body}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, register));
  await house.idle();
  return emails;
}
