/** The types of the client: one for each schema, and what each route takes, answers and refuses. */
import { Credentials, errorsOf, FieldError, Problem, type Route, routes } from "@gatehouse/contract";
import { comment, union } from "./layout.ts";
import { meaningOf, type Schema } from "./names.ts";
import { type Field, fieldsOf, type Mention, typeOf, typeWritten, writeField } from "./schema-type.ts";

/** What the client adds by itself, and so takes from nobody. */
const added: Readonly<Record<string, readonly string[]>> = {
  login: ["transport"],
  refresh: ["refreshToken"],
  logout: ["refreshToken"],
};

/** What a method of the client takes: the body, the path's variables or the query. */
export function inputOf(route: Route): Schema | undefined {
  const all: readonly (Schema | undefined)[] = [route.body, route.params, route.query];
  const sent = all.filter((schema) => schema !== undefined);
  if (sent.length > 1) throw new Error(`${route.name} would take one object out of two`);
  const [schema] = sent;
  return schema && fieldsTaken(route, schema).length > 0 ? schema : undefined;
}

/** The fields of it, without what the client adds. */
export function fieldsTaken(route: Route, schema: Schema, mention: Mention = () => {}): Field[] {
  return fieldsOf(schema, mention).filter(({ name }) => !added[route.name]?.includes(name));
}

/** Every declaration, `Routes` last. */
export function declareTypes(): string[] {
  const declared = new Map<string, string[]>();
  const mention: Mention = (name, schema) => {
    if (declared.has(name)) return;
    declared.set(name, []);
    declared.set(name, declare(name, schema, mention));
  };
  const table = Object.values<Route>(routes).flatMap((route) => declareRoute(route, mention));
  for (const schema of [Problem, FieldError]) typeOf(schema, mention);
  const inOrder = [...declared].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...inOrder.flatMap(([, lines]) => [...lines, ""]),
    ...comment("What each method takes and answers, and the codes of the errors that the API may answer."),
    "export interface Routes {",
    ...table,
    "}",
  ];
}

function declare(name: string, schema: Schema, mention: Mention): string[] {
  const said = comment(meaningOf(name) ?? usedBy(schema));
  if (schema.enum) return [...said, ...union(`export type ${name} =`, schema.enum as string[])];
  if (!schema.properties) return [...said, `export type ${name} = ${typeWritten(schema, mention)};`];
  const ofLogIn = schema === Credentials;
  const fields = ofLogIn ? fieldsTaken(routes.login, schema, mention) : fieldsOf(schema, mention);
  return [
    ...said,
    `export interface ${name} {`,
    ...fields.flatMap((field) => [...comment(field.comment, "  "), `  ${writeField(field)};`]),
    "}",
  ];
}

function usedBy(schema: Schema): string {
  const all = Object.values<Route>(routes);
  const taking = all.filter((route) => inputOf(route) === schema).map(({ name }) => `\`${name}\``);
  const answering = all.filter(({ answer }) => answer.body === schema).map(({ name }) => `\`${name}\``);
  const says = [
    ...(taking.length > 0 ? [`What ${taking.join(" and ")} takes.`] : []),
    ...(answering.length > 0 ? [`What ${answering.join(" and ")} answers.`] : []),
  ];
  return says.join(" ");
}

function declareRoute(route: Route, mention: Mention): string[] {
  const input = inputOf(route);
  const { body } = route.answer;
  return [
    ...comment(`${route.summary}: \`${route.method} ${route.path}\`${needs(route)}.`, "  "),
    `  readonly ${route.name}: {`,
    `    readonly input: ${input ? typeOf(input, mention) : "undefined"};`,
    `    readonly answer: ${body ? typeOf(body, mention) : "undefined"};`,
    ...union("    readonly errors:", errorsOf(route)),
    `    readonly idempotent: ${route.idempotent ?? false};`,
    "  };",
  ];
}

function needs({ scope }: Route): string {
  return scope ? `, with an access token whose scope has \`${scope}\`` : "";
}
