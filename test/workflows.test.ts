/** What the workflows of GitHub may do. They run nowhere but there, so this is what can be held here. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

describe.each(globSync(".github/workflows/*.yml", { cwd: root }))("%s", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const jobs = text
    .slice(text.indexOf("\njobs:"))
    .split(/^ {2}(?=[\w-]+:\n)/m)
    .slice(1);

  it("has jobs to look at", () => {
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job).toMatch(/^ {4}runs-on: /m);
  });

  it("reads the repository and nothing more, but where a job says so", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });

  it("runs no code of a fork with rights of ours", () => {
    expect(text).not.toContain("pull_request_target");
    if (/^ {2}pull_request:/m.test(text) && text.includes("id-token: write")) {
      for (const job of jobs) {
        expect(job).toContain("github.event.pull_request.head.repo.full_name == github.repository");
      }
    }
  });

  it("has no key of AWS: a role is taken for the length of a job", () => {
    expect(text).not.toMatch(/AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|aws-secret-access-key/i);
    for (const job of jobs.filter((each) => each.includes("configure-aws-credentials"))) {
      expect(job).toContain("id-token: write");
      expect(job).toMatch(/role-to-assume: \$\{\{ vars\.\w+ \}\}/);
    }
  });

  it("takes actions of one version each, and puts nothing of an event into a script", () => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/@v\d+$|@[0-9a-f]{40}$/.test(action))).toEqual([]);
    const scripts = [...text.matchAll(/run: (?:\|\n((?: {10,}.*\n?)+)|(.+))/g)].map(
      (found) => found[1] ?? found[2],
    );
    expect(scripts.filter((script) => script?.includes("${{"))).toEqual([]);
  });

  it("makes a stage's secrets in a way that works again at the next push", () => {
    const commands = [...text.matchAll(/npm run secrets -- .*/g)].map(([command]) => command);
    expect(commands.filter((command) => !command.endsWith(" --if-missing"))).toEqual([]);
  });

  it("comes to an end", () => {
    for (const job of jobs) expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m);
  });
});
