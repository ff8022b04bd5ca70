import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for the data of this process, which goes with it. */
export const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-peer-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
