import { Readable } from "node:stream";
import type { Try, WireAnswer } from "../../../core/test/faulty-transport.ts";

/** An answer that is made up, of any text. */
export function says(statusCode: number, text: string, type = "application/x-amz-json-1.0"): WireAnswer {
  const body = Readable.from(text === "" ? [] : [Buffer.from(text)]);
  return { statusCode, headers: { "content-type": type }, body };
}

/** An error as the JSON protocols send it (Smithy, "AWS JSON 1.0 protocol", "Operation error serialization"). */
export function refuses(statusCode: number, code: string, more: object = {}): WireAnswer {
  const text = JSON.stringify({ __type: `com.amazonaws#${code}`, message: "told by a test", ...more });
  const { headers, ...answer } = says(statusCode, text);
  return { ...answer, headers: { ...headers, "x-amzn-errortype": code } };
}

/** A transaction of which the last item is at fault (DynamoDB API, TransactWriteItems, CancellationReasons). */
export function cancels({ body }: Try, code: string): WireAnswer {
  const items = body["TransactItems"] as readonly object[];
  const reasons = items.map((_, index) => ({ Code: index === items.length - 1 ? code : "None" }));
  return refuses(400, "TransactionCanceledException", { CancellationReasons: reasons });
}

/** What Node says of a connection that is none. */
export function broken(code: string): Error {
  const name = code === "ETIMEDOUT" ? "TimeoutError" : "Error";
  return Object.assign(new Error(`told by a test: ${code}`), { code, name });
}

/** The work is done, and the answer read by nobody. */
export async function unheard(send: () => Promise<WireAnswer>): Promise<WireAnswer> {
  const answer = await send();
  answer.body.resume();
  return answer;
}

/** A body of which the connection does not live to see the end. */
export function breakingOff(): Readable {
  return new Readable({
    read() {
      this.push('{"Attr');
      this.destroy(broken("ECONNRESET"));
    },
  });
}
