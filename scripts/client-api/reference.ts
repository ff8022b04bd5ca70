/** The part of docs/client.md that follows from the contract: every method, and every code of the API. */
import { type ErrorCode, errors, errorsOf, type Route, routes } from "@gatehouse/contract";
import { fieldsTaken, inputOf } from "./declarations.ts";
import { fill, wordsOf } from "./layout.ts";
import { type Schema, schemaName } from "./names.ts";
import { type Field, fieldsOf } from "./schema-type.ts";

const all = Object.values<Route>(routes);

/** Kinds of routes, and the codes that each of a kind may give beyond those of the kinds before it. */
const kinds: { readonly what: string; readonly anchor: string; readonly codes: readonly ErrorCode[] }[] = [];
for (const [what, anchor, of] of [
  ["every call", "every", () => true],
  ["a call that sends a body", "a body", ({ body }) => body !== undefined],
  ["a call that needs an access token", "a token", ({ authorizer }) => authorizer === "token"],
  ["a call with an idempotency key", "a key", ({ idempotent }) => idempotent === true],
] satisfies [string, string, (route: Route) => boolean][]) {
  const lists = all.filter(of).map(errorsOf);
  const before = kinds.flatMap(({ codes }) => codes);
  const isCommon = (code: ErrorCode) => lists.every((list) => list.includes(code)) && !before.includes(code);
  kinds.push({ what, anchor, codes: (Object.keys(errors) as ErrorCode[]).filter(isCommon) });
}

/** In Markdown. The client refreshes by itself: `refresh` is in no table of methods. */
export function writeReference(): string[] {
  return [
    "### Methods",
    "",
    ...paragraph(
      "In the order of the contract. `?` marks what may be left out. Each method has the codes that are named with it, those of its kinds, and [the client's own](#codes-of-the-client).",
    ),
    "",
    ...kinds.flatMap(({ what, codes }) => item(`${what}: ${list(codes)}`)),
    "",
    ...all.filter(({ name }) => name !== "refresh").flatMap(writeMethod),
    "### Codes of the API",
    "",
    "| code | status | what it means |",
    "|---|---|---|",
    ...Object.entries(errors).map(
      ([code, { status, title, description }]) => `| \`${code}\` | ${status} | ${title}. ${description} |`,
    ),
  ];
}

function writeMethod(route: Route): string[] {
  const { name, method, path, summary, scope, idempotent, answer } = route;
  const input = inputOf(route);
  const taken = input && fieldsTaken(route, input);
  const isOptional = taken?.every(({ optional }) => optional) ?? true;
  const parameters = [...(input ? [`input${isOptional ? "?" : ""}`] : []), "options?"];
  const codes = errorsOf(route);
  const ofKind = kinds.filter((kind) => kind.codes.every((code) => codes.includes(code)));
  const own = codes.filter((code) => !ofKind.some((kind) => kind.codes.includes(code)));
  const others = ofKind.slice(1).map(({ anchor }) => anchor);
  const ofOthers =
    others.length > 0 ? `those of ${others.join(" and ")}, and of every call` : "those of every call";
  return [
    `#### ${name}(${parameters.join(", ")})`,
    "",
    ...paragraph(`${summary}: \`${method} ${path}\`${scope ? `, scope \`${scope}\`` : ""}.`),
    "",
    ...(taken ? item(`input: ${taken.map(describe).join("; ")}`) : []),
    ...item(`options: \`signal?\`${idempotent ? ", `idempotencyKey?`" : ""}`),
    ...item(`data: ${answer.body ? describeAnswer(answer.body) : "`undefined`"}`),
    ...item(`codes: ${[...(own.length > 0 ? [list(own)] : []), ofOthers].join("; ")}`),
    "",
  ];
}

function describe({ name, optional, type, comment }: Field): string {
  const said = comment === "" ? `\`${type}\`` : `${comment.charAt(0).toLowerCase()}${comment.slice(1, -1)}`;
  return `\`${name}${optional ? "?" : ""}\` (${said})`;
}

function describeAnswer(schema: Schema): string {
  const fields = fieldsOf(schema, () => {}).map(({ name, optional, type }) => {
    const isListed = /^(?:readonly )?[A-Z]\w+(?:\[\])?$/.test(type) && !type.startsWith("Readonly");
    const typed = isListed ? `: ${type.replace("readonly ", "")}` : "";
    return `${name}${optional ? "?" : ""}${typed}`;
  });
  return `\`${schemaName(schema) ?? "object"}\`, which has ${fields.map((field) => `\`${field}\``).join(", ")}`;
}

function list(codes: readonly string[]): string {
  return codes.map((code) => `\`${code}\``).join(", ");
}

function item(text: string): string[] {
  const [first = "", ...others] = fill(wordsOf(text), "  ", 120);
  return [`- ${first.trimStart()}`, ...others];
}

function paragraph(text: string): string[] {
  return fill(wordsOf(text), "", 120);
}
