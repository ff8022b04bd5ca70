import { expect, it } from "vitest";
import { readAnswer } from "./read-answer.ts";

it.each([
  ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX: y\r\n\r\n{ok}", { status: 200, body: "{ok}" }],
  ["HTTP/1.1 401 Unauthorized\r\ncontent-length:0\r\n\r\n", { status: 401, body: "" }],
  [
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{ok}\r\n0\r\n\r\n",
    { status: 200, body: "4\r\n{ok}\r\n0\r\n\r\n" },
  ],
  ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", { status: 200, body: "0\r\n\r\n" }],
])("an answer is known when it is there in full, and not a byte sooner: %j", (text, answer) => {
  expect(readAnswer(text)).toEqual(answer);
  for (let length = 0; length < text.length; length += 1)
    expect(readAnswer(text.slice(0, length))).toBeUndefined();
});
