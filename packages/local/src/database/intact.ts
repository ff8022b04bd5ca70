import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../start-error.ts";

/**
 * Looks for damage in the data file, which the database itself meets only when it reads the damaged page. A
 * file that is missing is intact: it is made.
 *
 * @throws StartError where the file is damaged or no database.
 */
export function assertIntact(file: string): void {
  if (!existsSync(file)) return;
  try {
    const database = new DatabaseSync(file);
    try {
      const found = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
      if (found === "ok") return;
      throw new Error(String(found));
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new StartError(
      `The data file ${file} is damaged or is no database: put a good copy there, or start with --reset, which deletes all data`,
      { cause },
    );
  }
}
