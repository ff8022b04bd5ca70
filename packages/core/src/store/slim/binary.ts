import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** Binary values are bytes to whoever asks, and base64 on the wire. Both change the values in place. */
export function encodeBinary(values: Record<string, AttributeValue>): void {
  change(values, (bytes) => Buffer.from(bytes as Uint8Array).toString("base64"));
}

export function decodeBinary(values: Record<string, AttributeValue> | undefined): void {
  change(values, (text) => new Uint8Array(Buffer.from(String(text), "base64")));
}

type Change = (value: unknown) => unknown;
type Loose = Record<string, unknown>;

function change(values: Record<string, AttributeValue> | undefined, to: Change): void {
  for (const key in values) changeOne(values[key] as unknown as Loose, to);
}

function changeOne(value: Loose, to: Change): void {
  if (value["M"]) change(value["M"] as Record<string, AttributeValue>, to);
  else if (value["L"]) for (const each of value["L"] as Loose[]) changeOne(each, to);
  else if (value["B"] !== undefined) value["B"] = to(value["B"]);
  else if (value["BS"]) value["BS"] = (value["BS"] as unknown[]).map(to);
}
