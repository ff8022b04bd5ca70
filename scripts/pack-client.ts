/** `npm run pack:client`: the client in one file, just as it would be published, to install it from until it is. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildClient, packClient } from "./client-package/build.ts";

const root = join(import.meta.dirname, "..");
const file = join(root, "gatehouse-client.tgz");

// Beside the file, since nothing can be renamed to another disk.
const temporary = await mkdtemp(join(root, ".build-client-"));
try {
  const folder = join(temporary, "package");
  await buildClient(folder);
  await rename(await packClient(folder, temporary), file);
} finally {
  await rm(temporary, { recursive: true });
}
console.log(`Packed. In your project:\n\n  npm install ${JSON.stringify(file)}`);
