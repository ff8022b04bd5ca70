import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StartError } from "../start-error.ts";

const require = createRequire(import.meta.url);

/**
 * The embedded database of this platform: an executable inside an npm package, so nothing is downloaded.
 *
 * @throws StartError where no package for the platform is installed; it says what to set instead.
 */
export function findBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@dynoxide/${platform}-${arch}`;
  try {
    const manifest = require.resolve(`${name}/package.json`);
    return join(dirname(manifest), platform === "win32" ? "dynoxide.exe" : "dynoxide");
  } catch (cause) {
    throw new StartError(
      `No embedded database is installed for ${platform}-${arch} (${name}): set DYNAMODB_ENDPOINT to a DynamoDB you run, for example DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start`,
      { cause },
    );
  }
}
