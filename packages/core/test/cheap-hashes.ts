/** bcrypt at cost 4 under the label of any other, for a test file that hashes thousands of times and imports it first. */
import { vi } from "vitest";

vi.mock("bcryptjs", async (original) => {
  const { default: bcrypt } = await original<typeof import("bcryptjs")>();
  const labelled = (hash: string, cost: number) =>
    hash.replace(/^\$2b\$\d\d/, `$2b$${String(cost).padStart(2, "0")}`);
  return {
    default: {
      hash: async (text: string, cost: number) => labelled(await bcrypt.hash(text, 4), cost),
      compare: (text: string, hash: string) => bcrypt.compare(text, labelled(hash, 4)),
    },
  };
});
