import bcrypt from "bcryptjs";
import { vi } from "vitest";

/** Runs something while every password is wrong at once: what takes long is not what is looked at then. */
export async function withoutHashing<T>(run: () => Promise<T>): Promise<T> {
  const comparing = vi.spyOn(bcrypt, "compare").mockImplementation(async () => false);
  try {
    return await run();
  } finally {
    comparing.mockRestore();
  }
}
