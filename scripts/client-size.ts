/** `npm run size`: what the client adds to a page, minified and compressed, against what it may. */
import { limitBytes, measureClient } from "./client-package/size.ts";

for (const { what, bytes } of await measureClient()) {
  const percent = Math.round((bytes / limitBytes) * 100);
  console.log(`${what.padEnd(16)} ${bytes} of ${limitBytes} bytes (${percent} %)`);
  if (bytes > limitBytes) process.exitCode = 1;
}
