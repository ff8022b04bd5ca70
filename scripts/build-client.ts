/**
 * Builds the published folder of packages/client: `node scripts/build-client.ts`. It has a package.json of its own, so
 * that what is published points at compiled files whichever tool packs it, while this repository works with the
 * sources: npm knows no `publishConfig.exports`. With `--release` it does so in the release workflow only, which keeps
 * everybody else from publishing by accident: npm and pnpm run it so (`prepublishOnly`) before they publish.
 */
import { join } from "node:path";
import { buildClient } from "./client-package/build.ts";

if (process.argv.includes("--release") && process.env["GITHUB_ACTIONS"] !== "true") {
  console.error(
    "Releases are made by .github/workflows/release.yml: see CONTRIBUTING.md, Release the client.",
  );
  process.exitCode = 1;
} else {
  await buildClient(join(import.meta.dirname, "../packages/client/dist"), process.env);
}
