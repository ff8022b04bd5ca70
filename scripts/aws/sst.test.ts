import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-sst-"));
  return () => rm(folder, { recursive: true });
});

/** Runs `runSst` in a process of its own, with `body` for `sst`, which says `ready` first. */
async function start(body: string) {
  const file = join(folder, "sst");
  await writeFile(
    file,
    `#!/usr/bin/env node\n${body}\nconsole.log("ready");\nsetInterval(() => {}, 1000);\n`,
  );
  await chmod(file, 0o755);
  const url = new URL("./sst.ts", import.meta.url).href;
  const script = `import { runSst } from "${url}"; process.exitCode = await runSst(["dev"]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: { PATH: [folder, process.env["PATH"]].join(delimiter) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  await once(child.stdout, "data");
  return {
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      const [code] = await closed;
      return code as number | null;
    },
  };
}

test.each(["SIGTERM", "SIGHUP"] as const)("%s reaches SST, whose exit code counts", async (signal) => {
  const { end } = await start(`process.on("${signal}", () => process.exit(7));`);
  expect(await end(signal)).toBe(7);
});

test("an SST that a signal ends is told of in the shell's way", async () => {
  const { end } = await start("");
  expect(await end("SIGTERM")).toBe(128 + 15);
});
