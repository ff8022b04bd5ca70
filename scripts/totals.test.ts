import { expect, test } from "vitest";
import { countTests, totals } from "./totals.ts";

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] }],
};

test("the last line tells what passed and what failed", () => {
  expect(totals(countTests(report))).toBe("3 passed, 1 failed");
});

test("it tells of skipped and planned tests only where there are any", () => {
  const counts = countTests({ ...report, numPendingTests: 2, numTodoTests: 1 });
  expect(totals(counts)).toBe("3 passed, 1 failed, 3 skipped");
});

test("a test file that could not even be loaded is a failure", () => {
  const testResults = [...report.testResults, { status: "failed", assertionResults: [] }];
  expect(countTests({ ...report, testResults }).failed).toBe(2);
});
