/** What the prices are multiplied with is counted here, from the code of today. */
import "../../test/environment.ts";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { countOperations } from "./count.ts";

it("every operation asks for what is recorded in counts.json", async () => {
  let output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    output += String(chunk);
    return true;
  });
  const counts = await countOperations(() => {
    const taken = output;
    output = "";
    return taken;
  });
  vi.restoreAllMocks();
  // Where this fails on purpose: vitest run bench/costs -u, then what docs/operations.md says of it.
  const text = `${JSON.stringify(counts, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "counts.json"));
});
