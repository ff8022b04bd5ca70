/** What a log-in cannot do without: its requests as they are, one hash, one signature. Bundled and run in a fresh process. */
import { createHmac, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import aws4 from "aws4";
import bcrypt from "bcryptjs";
import type { LogInByHand } from "./record-log-in.ts";

const { DYNAMODB_ENDPOINT = "", LOG_IN = "", AWS_REGION = "" } = process.env;
const { waves, passwordHash, jwk } = JSON.parse(readFileSync(LOG_IN, "utf8")) as LogInByHand;
const key = createPrivateKey({ key: jwk, format: "jwk" });
const url = new URL(DYNAMODB_ENDPOINT);
/** Of AWS, which the table of a laptop is not; it loads TLS, as every function has to. */
export const overTls = new Agent({ keepAlive: true });
const { request } = process.getBuiltinModule("node:http");
const agent = new (process.getBuiltinModule("node:http").Agent)({ keepAlive: true });

export async function handler(event: { readonly body: string }): Promise<object> {
  const { email, password } = JSON.parse(event.body) as Record<"email" | "password", string>;
  for (const wave of waves) await Promise.all(wave.map(ask));
  const prepared = createHmac("sha384", "pepper").update(password).digest("base64");
  const matches = await bcrypt.compare(prepared, passwordHash);
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "us", aud: "them", sub: email, iat: now, exp: now + 900, matches };
  const signed = [{ alg: "ES256", typ: "at+jwt" }, claims].map(encoded).join(".");
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return { statusCode: 200, body: JSON.stringify({ token: `${signed}.${signature.toString("base64url")}` }) };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function ask({ operation, body }: LogInByHand["waves"][number][number]): Promise<unknown> {
  const headers = {
    host: url.host,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${operation}`,
  };
  const signed = { method: "POST", path: "/", service: "dynamodb", region: AWS_REGION, headers, body };
  aws4.sign(signed);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", headers: signed.headers, agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve(JSON.parse(text)));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
