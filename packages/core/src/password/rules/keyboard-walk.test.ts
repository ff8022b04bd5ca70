import { expect, test } from "vitest";
import { keyboardWalk } from "./keyboard-walk.ts";

test.each([
  ["a row", "qwertyuiop"],
  ["a row backwards", "poiuytrewq"],
  ["a German row", "qwertzuiop"],
  ["a French row", "azertyuiop"],
  ["a Russian row", "ицукенгшщз"],
  ["the digits with shift", "!@#$%^&*"],
  ["two rows", "qwerasdf"],
  ["columns", "1qaz2wsx"],
  ["columns backwards", "xsw2zaq1"],
  ["columns from below", "zaq1xsw2"],
  ["columns of letters", "qazwsxedc"],
  ["leaning columns", "zse4xdr5"],
  ["a zigzag", "1q2w3e4r"],
  ["a zigzag from below", "q1w2e3r4"],
  ["a zigzag of letters", "qawsedrf"],
  ["blocks", "123qweasdzxc"],
  ["the number pad", "147258369"],
])("%s is nothing but a walk", (_, text) => {
  expect(keyboardWalk.strip(text)).toBe("");
});

test("a walk is taken out of the middle", () => {
  expect(keyboardWalk.strip("my qwerty dog")).toBe("my  dog");
});

test.each(["power tree", "were we", "k7#qz!mp2v"])("%s has no walk", (text) => {
  expect(keyboardWalk.strip(text)).toBe(text);
});
