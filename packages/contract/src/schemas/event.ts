import { type Static, Type } from "typebox";
import { eventActors, eventTypes } from "../event-types.ts";

const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

/** One entry of a person's record. `number` counts from 1 without gaps. */
export const Event = Type.Object({
  number: Type.Integer(),
  type: Type.Enum(eventTypes),
  at: Type.String({ format: "date-time" }),
  actor: Type.Enum(eventActors),
  sessionId: nullable(Type.String()),
  sourceIp: nullable(Type.String()),
  userAgent: nullable(Type.String()),
  requestId: Type.String({ description: "the end of instance in a problem document, and in the logs" }),
  details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

/** The newest entries first. `next` is the `before` of the page after, or null where there is none. */
export const EventList = Type.Object({
  events: Type.Array(Event),
  next: Type.Union([Type.Integer(), Type.Null()]),
});

/** Which page of the record. */
export const EventQuery = Type.Object(
  {
    before: Type.Optional(
      Type.String({ pattern: "^[1-9][0-9]{0,8}$", description: "a number: only what is older than it" }),
    ),
    limit: Type.Optional(
      Type.String({ pattern: "^(?:[1-9][0-9]?|100)$", description: "a number from 1 to 100" }),
    ),
  },
  { additionalProperties: false },
);

export type Event = Static<typeof Event>;
export type EventList = Static<typeof EventList>;
export type EventQuery = Static<typeof EventQuery>;
