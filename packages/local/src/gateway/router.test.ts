import { describe, expect, test } from "vitest";
import { createRouter } from "./router.ts";

function find(routeKeys: string[], method: string, path: string) {
  const match = createRouter(routeKeys.map((routeKey) => ({ routeKey })))(method, path.split("/").slice(1));
  return match && { key: match.route.routeKey, ...match.pathParameters };
}

describe("the example of the developer guide", () => {
  const table = ["$default", "ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1"];
  test.each([
    ["GET", "/pets/dog/1", { key: "GET /pets/dog/1" }],
    ["GET", "/pets/dog/2", { key: "GET /pets/dog/{id}", id: "2" }],
    ["GET", "/pets/cat/1", { key: "GET /pets/{proxy+}", proxy: "cat/1" }],
    ["POST", "/test/5", { key: "ANY /{proxy+}", proxy: "test/5" }],
    ["POST", "/pets/dog/1", { key: "ANY /{proxy+}", proxy: "pets/dog/1" }],
    ["GET", "/", { key: "$default" }],
  ])("%s %s", (method, path, expected) => {
    expect(find(table, method, path)).toEqual(expected);
    expect(find(table.toReversed(), method, path)).toEqual(expected);
  });
});

describe("of two routes that match,", () => {
  test.each([
    ["the method before ANY", ["ANY /a", "GET /a"], "/a", "GET /a"],
    ["a full match of ANY before a greedy one of the method", ["GET /{proxy+}", "ANY /a"], "/a", "ANY /a"],
    ["a literal of ANY before a variable of the method", ["GET /{x}", "ANY /a"], "/a", "ANY /a"],
    ["the literal further left", ["GET /{x}/b", "GET /a/{y}"], "/a/b", "GET /a/{y}"],
    ["the longer prefix of two greedy ones", ["GET /{proxy+}", "GET /a/{proxy+}"], "/a/b", "GET /a/{proxy+}"],
    [
      "a literal prefix before a variable one",
      ["GET /{x}/{proxy+}", "GET /a/{proxy+}"],
      "/a/b",
      "GET /a/{proxy+}",
    ],
    ["a greedy one before $default", ["$default", "ANY /{proxy+}"], "/a", "ANY /{proxy+}"],
    ["the other method's literal is no match at all", ["POST /a", "GET /{x}"], "/a", "GET /{x}"],
  ])("%s", (_what, keys, path, expected) => {
    expect(find(keys, "GET", path)?.key).toBe(expected);
    expect(find(keys.toReversed(), "GET", path)?.key).toBe(expected);
  });
});

describe("does not match:", () => {
  test.each([
    ["another method", "GET /a", "POST", "/a"],
    ["HEAD, where there is GET", "GET /a", "HEAD", "/a"],
    ["another case", "GET /a", "GET", "/A"],
    ["a slash more at the end", "GET /a", "GET", "/a/"],
    ["a slash more at the start", "GET /a", "GET", "//a"],
    ["a shorter path", "GET /a/b", "GET", "/a"],
    ["a longer path", "GET /a", "GET", "/a/b"],
    ["an empty segment for a variable", "GET /a/{id}", "GET", "/a/"],
    ["two segments for a variable", "GET /a/{id}", "GET", "/a/b/c"],
    ["nothing for a greedy variable", "GET /a/{proxy+}", "GET", "/a"],
    ["a slash alone for a greedy variable", "GET /a/{proxy+}", "GET", "/a/"],
    ["the root for a greedy variable", "ANY /{proxy+}", "GET", "/"],
  ])("%s", (_what, key, method, path) => {
    expect(find([key], method, path)).toBeUndefined();
  });
});

test("variables and a greedy one are taken together", () => {
  expect(find(["GET /users/{user}/files/{path+}"], "GET", "/users/1/files/a//b/")).toEqual({
    key: "GET /users/{user}/files/{path+}",
    user: "1",
    path: "a//b/",
  });
});

test("a route without variables has no path parameters", () => {
  expect(createRouter([{ routeKey: "GET /" }])("GET", [""])).toEqual({
    route: { routeKey: "GET /" },
    resource: "/",
    pathParameters: undefined,
  });
});

describe("is refused at the start:", () => {
  test.each([
    [["GET /a", "GET /a"], '"GET /a" and "GET /a" are duplicates'],
    [["GET /a/{x}", "GET /a/{y}"], '"GET /a/{x}" and "GET /a/{y}" are duplicates'],
    [["$default", "$default"], '"$default" and "$default" are duplicates'],
    [["GET a"], 'route key "GET a" should be $default, or one of GET, HEAD,'],
    [["get /a"], 'route key "get /a" should be'],
    [["FETCH /a"], 'route key "FETCH /a" should be'],
    [["/a"], 'route key "/a" should be'],
    [["GET /{proxy+}/a"], "has a greedy variable that is not at its end"],
    [["GET /a{id}"], 'has a segment "a{id}" that is neither text nor a {variable}'],
    [["GET /{}"], 'has a segment "{}"'],
  ])("%j", (keys, message) => {
    expect(() => createRouter(keys.map((routeKey) => ({ routeKey })))).toThrow(message);
  });
});
