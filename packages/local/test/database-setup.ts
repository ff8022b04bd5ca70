import type { TestProject } from "vitest/node";
import { startDatabase } from "../src/database/start-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The one in-memory DynamoDB of a test run. Each test file makes a table of its own in it. */
    databaseEndpoint: string;
  }
}

/** Vitest's global setup: starts the database that all test files share and stops it after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startDatabase();
  project.provide("databaseEndpoint", database.endpoint);
  return () => database.stop();
}
