/** No pause between tries, and none while an erasure waits for what is under way, in the test file that imports it. */
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, vi } from "vitest";

vi.mock("node:timers/promises", { spy: true });

beforeEach(() => {
  vi.mocked(sleep).mockResolvedValue(undefined);
  // The SDK draws its pauses.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
