import { readFileSync } from "node:fs";
import { type Route, routes } from "@gatehouse/contract";
import { expect, test } from "vitest";
import { isOfAccount, isPagePath, pagePaths, paths } from "./src/paths.ts";

test("the pages that mails link to are there", () => {
  const job = readFileSync(new URL("../core/src/job/run.ts", import.meta.url), "utf8");
  const linked = [...job.matchAll(/linkTo\("([\w-]+)"/g)].map(([, page]) => `/${page}`);
  expect(new Set(linked).size).toBe(5);
  expect(linked.filter((path) => !isPagePath(path))).toEqual([]);
});

test("no two pages have one path, and nothing else is a path of them", () => {
  expect(new Set(pagePaths).size).toBe(pagePaths.length);
  for (const path of ["", "/login/", "/Login", "//login", "/constructor", "login"])
    expect(isPagePath(path)).toBe(false);
});

test("a page of the account is one below the profile", () => {
  expect(pagePaths.filter(isOfAccount)).toEqual([
    paths.profile,
    paths.sessions,
    paths.activity,
    paths.password,
    paths.email,
    paths.export,
    paths.delete,
  ]);
  expect(isOfAccount("/accounts")).toBe(false);
});

test("no page stands where the API answers a GET, nor where a laptop has its mailbox and the API's documents", () => {
  const gets = Object.values<Route>(routes).filter(({ method }) => method === "GET");
  const firsts = [...gets.map(({ path }) => path.split("/")[1]), "_local", "docs", "assets"];
  expect(firsts).toContain("me");
  expect(pagePaths.filter((path) => firsts.includes(path.split("/")[1]))).toEqual([]);
});
