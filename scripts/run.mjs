/**
 * `npm start`, `npm test` and `npm run` with one of the other targets: installs what is missing, then runs the target
 * under the project's own Node.
 * Plain JavaScript without dependencies, because it runs before anything is installed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const stampFile = join(root, "node_modules", ".installed-from");
const targets = {
  start: "packages/local/src/cli.ts",
  check: "scripts/check.ts",
  keys: "scripts/keys.ts",
  audit: "scripts/audit.ts",
  accounts: "scripts/accounts.ts",
  bench: "bench/index.ts",
  e2e: "scripts/e2e.ts",
  secrets: "scripts/keys.ts",
  deploy: "scripts/deploy.ts",
  "dev:aws": "scripts/dev-aws.ts",
  remove: "scripts/remove.ts",
  restore: "scripts/restore.ts",
  size: "scripts/client-size.ts",
  "pack:client": "scripts/pack-client.ts",
};

const [name = "", ...args] = process.argv.slice(2);
const target = targets[name];
const nodeMajor = Number.parseInt(process.versions.node, 10);

if (nodeMajor < 20) {
  fail(`Gatehouse needs Node 20 or later to start; this is Node ${process.versions.node}.`);
} else if (target === undefined) {
  fail(`Usage: node scripts/run.mjs ${Object.keys(targets).join("|")} [options]`);
} else if (await install()) {
  const isForNode = (arg) => /^--inspect(-brk|-wait)?(=.*)?$/.test(arg);
  const nodeArgs = [...args.filter(isForNode), join(root, target), ...args.filter((arg) => !isForNode(arg))];
  const env = { ...process.env, PATH: [bin, ...searchPath()].join(delimiter) };
  process.exitCode = await run(join(bin, "node"), nodeArgs, { stdio: "inherit", env });
}

/** @returns {Promise<boolean>} whether node_modules is what the lockfile asks for */
async function install() {
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted && isComplete()) return true;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.log(`Installing dependencies with ${packageManager} ...`);
  // An install that is interrupted leaves no stamp behind and is made again.
  rmSync(stampFile, { force: true });
  // pnpm would look itself up and record that in the lockfile (setting pmOnFail); npx has taken the right one.
  const output = [];
  const code = await run(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile", "--pm-on-fail=ignore"],
    {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: installEnvironment(),
      onOutput: (chunk) => output.push(chunk),
    },
  );
  if (code === 0) {
    writeFileSync(stampFile, wanted);
    return true;
  }
  process.exitCode = code;
  const isInterrupted = ["SIGINT", "SIGTERM", "SIGHUP"].some(
    (name) => code === 128 + constants.signals[name],
  );
  if (!isInterrupted) {
    process.stderr.write(Buffer.concat(output));
    fail("The dependencies could not be installed; the output of pnpm is above.", code);
  }
  return false;
}

/** What node_modules is made from: the lockfile, every manifest and the platform that binaries are for. */
function fingerprint() {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests()]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** Whether no package has lost its node_modules since. */
function isComplete() {
  return manifests().every((file) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, file), "utf8"));
    const needsSome = Object.keys({ ...dependencies, ...devDependencies }).length > 0;
    return !needsSome || existsSync(join(root, dirname(file), "node_modules"));
  });
}

function manifests() {
  const packages = readdirSync(join(root, "packages")).sort();
  const files = ["package.json", ...packages.map((name) => join("packages", name, "package.json"))];
  return files.filter((file) => existsSync(join(root, file)));
}

/**
 * CI stops pnpm from asking. NODE_ENV=production would leave the tools out, and so would the settings of the
 * outer npm that speak of what to install.
 */
function installEnvironment() {
  const { NODE_ENV: _, ...env } = process.env;
  for (const key of Object.keys(env)) {
    if (/^npm_config_(omit|include|only|production|dev|global|workspaces?|prefix)$/i.test(key))
      delete env[key];
  }
  return { ...env, CI: "true", PATH: searchPath().join(delimiter) };
}

/** Without the project's own tools, which npm puts first: an install must not run on the Node it replaces. */
function searchPath() {
  return (process.env.PATH ?? "").split(delimiter).filter((path) => path !== bin);
}

/** Runs to the end and answers the exit code, in the shell's way where a signal ended it. */
function run(command, args, { onOutput, ...options }) {
  const child = spawn(command, args, { cwd: root, ...options });
  const forward = (signal) => child.kill(signal);
  // Ctrl-C reaches the whole process group. A SIGINT sent to this process alone is passed on a little later.
  const forwardLate = (signal) => setTimeout(forward, 250, signal).unref();
  process.on("SIGINT", forwardLate).on("SIGTERM", forward).on("SIGHUP", forward);
  child.stdout?.on("data", onOutput);
  child.stderr?.on("data", onOutput);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      fail(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once("close", (code, signal) => {
      process.off("SIGINT", forwardLate).off("SIGTERM", forward).off("SIGHUP", forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function fail(line, code = 1) {
  process.exitCode = code;
  console.error(line);
}
