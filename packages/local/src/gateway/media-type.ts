/**
 * Whether API Gateway hands a body of this content type to a function as text; it base64-encodes any other,
 * forms and bodies without a type included. The guide only says "binary"; this list, and that another
 * charset than UTF-8 makes any of them binary, was measured on AWS by the authors of two other emulators
 * (ministackorg/ministack#766, floci-io/floci#2172).
 */
export function isText(contentType: string | undefined): boolean {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return false;
  return type.startsWith("text/") || TEXT_TYPES.has(type);
}

const TEXT_TYPES = new Set(["application/json", "application/xml", "application/javascript"]);
