import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { untilGone } from "./support/process.ts";
import { startCli } from "./support/start-cli.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

const account = { email: "test@example.com", password: "correct horse battery" };

function post(url: string, body: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

function childrenOf(pid: number | undefined): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
}

async function expectOneLine(cli: ReturnType<typeof startCli>, line: RegExp): Promise<void> {
  expect(await cli.ended).toEqual({ code: 1, signal: null });
  expect(cli.output.stderr.trimEnd()).toMatch(line);
  expect(cli.output.stdout).toBe("");
}

test("the four commands it prints register, log in and show the user, with a plain shell", async () => {
  const cli = startCli(["--data", await temporaryDirectory()]);
  await cli.url;
  const commands = cli.output.stdout.split("\n").filter((line) => line.startsWith("  "));
  expect(commands).toHaveLength(4);
  const script = commands.map((command) => `${command}; echo`).join("\n");
  const answers = execFileSync("sh", ["-c", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [registered, loggedIn, me, meAgain] = answers
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  expect(registered.email).toBe(account.email);
  expect(loggedIn).toMatchObject({ auth: true, status: "SUCCESS", tokenType: "Bearer" });
  expect(me).toEqual(registered);
  expect(meAgain).toEqual(registered);
});

test("data and secrets survive a restart, and --reset deletes them", async () => {
  const data = await temporaryDirectory();
  const first = startCli(["--data", data]);
  expect((await post(`${await first.url}/register`, account)).status).toBe(201);
  const { token } = (await (await post(`${await first.url}/login`, account)).json()) as { token: string };
  const { port } = new URL((await first.url) ?? "");
  first.child.kill("SIGTERM");
  await first.ended;

  const second = startCli(["--data", data, "--port", port]);
  const me = await fetch(`${await second.url}/me`, { headers: { Authorization: `Bearer ${token}` } });
  expect(me.status).toBe(200);
  expect((await post(`${await second.url}/login`, account)).status).toBe(200);
  second.child.kill("SIGTERM");
  await second.ended;

  const third = startCli(["--data", data, "--reset"]);
  expect((await post(`${await third.url}/login`, account)).status).toBe(401);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops all it started, quietly, with code 0", async (signal) => {
  const cli = startCli(["--data", await temporaryDirectory()]);
  await cli.url;
  const children = childrenOf(cli.child.pid);
  expect(children.length).toBeGreaterThanOrEqual(1);
  cli.child.kill(signal);
  cli.child.kill(signal);
  expect(await cli.ended).toEqual({ code: 0, signal: null });
  expect(cli.output.stderr).toBe("");
  await Promise.all(children.map(untilGone));
});

test("a second start on the same data is refused in one line, and the first goes on", async () => {
  const data = await temporaryDirectory();
  const first = startCli(["--data", data]);
  const url = await first.url;
  await expectOneLine(
    startCli(["--data", data, "--reset"]),
    /^The data .* is in use by another npm start.*$/,
  );
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test("a start after one that was killed finds its data", async () => {
  const data = await temporaryDirectory();
  const first = startCli(["--data", data]);
  expect((await post(`${await first.url}/register`, account)).status).toBe(201);
  first.child.kill("SIGKILL");
  await first.ended;
  const second = startCli(["--data", data]);
  expect((await post(`${await second.url}/login`, account)).status).toBe(200);
});

test("a busy port is one line that names it and --port", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const cli = startCli(["--data", await temporaryDirectory(), "--port", String(port)]);
  await expectOneLine(cli, new RegExp(`^Port ${port} is in use: .*--port$`));
});

test("an address that is not this machine's is one line that names --host", async () => {
  const cli = startCli(["--data", await temporaryDirectory(), "--host", "192.0.2.1"]);
  await expectOneLine(cli, /^It cannot listen on 192\.0\.2\.1, .*--host and --port$/);
});

test("a broken data file is one line", async () => {
  const data = await temporaryDirectory();
  await writeFile(join(data, "gatehouse.db"), "no database\n".repeat(1000));
  await expectOneLine(startCli(["--data", data]), /^The data file .* is damaged or is no database: .*$/);
});

test("an unknown option is one line", async () => {
  await expectOneLine(startCli(["--colour"]), /^Unknown option '--colour'.*$/);
});

test("a wrong setting is one line with its name, before anything is made", async () => {
  const data = join(await temporaryDirectory(), "data");
  const cli = startCli(["--data", data], { environment: { PASSWORD_COST: "3" } });
  await expectOneLine(cli, /^PASSWORD_COST: should be a whole number from 10 to 16$/);
  expect(() => execFileSync("ls", [data], { stdio: "ignore" })).toThrow();
});

test("a platform without an embedded database is one line that names DYNAMODB_ENDPOINT", async () => {
  const otherPlatform = "data:text/javascript,Object.defineProperty(process,'arch',{value:'sparc'})";
  const cli = startCli(["--data", await temporaryDirectory()], { nodeArgs: ["--import", otherPlatform] });
  await expectOneLine(cli, /^No embedded database is installed for \w+-sparc .*DYNAMODB_ENDPOINT.*$/);
});

test("with DYNAMODB_ENDPOINT no other database is started", async () => {
  const cli = startCli(["--data", await temporaryDirectory()], {
    environment: { DYNAMODB_ENDPOINT: inject("databaseEndpoint") },
  });
  expect((await post(`${await cli.url}/register`, account)).status).toBe(201);
  expect(childrenOf(cli.child.pid)).toEqual([]);
});

test("a DYNAMODB_ENDPOINT where nothing answers is one line", async () => {
  const cli = startCli(["--data", await temporaryDirectory()], {
    environment: { DYNAMODB_ENDPOINT: "http://127.0.0.1:9" },
  });
  await expectOneLine(cli, /^DYNAMODB_ENDPOINT: no table could be made at http:\/\/127\.0\.0\.1:9: .*$/);
});

test("--help tells the options and starts nothing", async () => {
  const cli = startCli(["--help"]);
  expect(await cli.ended).toEqual({ code: 0, signal: null });
  for (const option of ["--port", "--host", "--reset", "--verbose"])
    expect(cli.output.stdout).toContain(option);
});

test("--verbose tells of every request, and without it only faults are told", async () => {
  const loud = startCli(["--data", await temporaryDirectory(), "--verbose"]);
  await (await fetch(`${await loud.url}/health`)).text();
  const quiet = startCli(["--data", await temporaryDirectory()]);
  await (await fetch(`${await quiet.url}/health`)).text();
  for (const cli of [loud, quiet]) {
    cli.child.kill("SIGTERM");
    await cli.ended;
  }
  expect(loud.output.stdout).toMatch(/^GET \/health 200 \d+ ms/m);
  expect(quiet.output.stdout).not.toContain("/health 200");
});
