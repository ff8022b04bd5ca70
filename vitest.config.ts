import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "stacks/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: [],
    testTimeout: 20_000,
    coverage: {
      provider: "v8",
      include: ["packages/{contract,core,functions}/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.must-not-compile.ts", "**/*.generated.*", "**/test/**"],
      thresholds: { lines: 100, branches: 100, functions: 100 },
      reporter: ["text-summary", "text"],
    },
  },
});
