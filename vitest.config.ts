import { configDefaults, defineConfig } from "vitest/config";

/** Each file of these has a table, secrets and an environment of its own (test/environment.ts). */
const domain = ["packages/{contract,core,functions}/**/*.test.ts"];

/** In a real browser, before the whole house: test/browser/browser.ts. */
const browser = "test/browser/**/*.test.ts";

const database = ["packages/local/test/database-setup.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // All processors: on a small machine the default leaves one of two idle, and the tests wait more than they compute.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: { name: "domain", include: domain, globalSetup: database, setupFiles: ["test/environment.ts"] },
      },
      { extends: true, test: { name: "client", include: ["packages/client/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "house",
          include: [
            "packages/{local,web}/**/*.test.ts",
            "stacks/**/*.test.ts",
            "{bench,scripts,test}/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, browser],
          globalSetup: database,
        },
      },
      {
        extends: true,
        test: { name: "browser", include: [browser], globalSetup: ["test/browser/setup.ts"] },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["packages/{contract,core,functions,client}/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.must-not-compile.ts", "**/*.generated.*"],
      thresholds: { lines: 100, branches: 100, functions: 100 },
      reporter: ["text-summary", ["text", { skipFull: true }]],
    },
  },
});
