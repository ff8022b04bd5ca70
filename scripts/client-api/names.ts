/** What the contract calls its schemas, and what it says of them. */
import * as contract from "@gatehouse/contract";
import { meanings } from "@gatehouse/contract/openapi";

export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const nameOf = new Map(Object.entries<unknown>(contract).map(([name, value]) => [value, name]));

/** Lists of the contract that have a type of their own. */
const lists = {
  EventType: {
    values: contract.eventTypes,
    meaning:
      "What is recorded. A type is stable: it is never renamed. There may be new ones: ignore what you do not know.",
  },
  EventActor: {
    values: contract.eventActors,
    meaning:
      "Who did it: a signed-in person, somebody nobody knows, the reader of a mail, an operator, the service itself.",
  },
} as const;

/** The name under which the contract exports this very schema. */
export function schemaName(schema: Schema): string | undefined {
  const list = Object.entries(lists).find(([, { values }]) => schema.enum?.join() === values.join());
  return list?.[0] ?? nameOf.get(schema);
}

/** What the contract says of a schema, where it says something. */
export function meaningOf(name: string): string | undefined {
  return lists[name as keyof typeof lists]?.meaning ?? meanings[name as keyof typeof meanings];
}
