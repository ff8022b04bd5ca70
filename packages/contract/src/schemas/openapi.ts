import { type Static, Type } from "typebox";

const Part = Type.Record(Type.String(), Type.Unknown());

/** A description of this API (OpenAPI Specification 3.1, section 4.8.1), as far as it is the same for every version of it. */
export const OpenApi = Type.Object({
  openapi: Type.String({ pattern: "^3\\.1\\.\\d+$", description: "the version of OpenAPI" }),
  info: Type.Object({
    title: Type.String(),
    version: Type.String({ description: "of Gatehouse" }),
    summary: Type.String(),
    description: Type.String(),
    license: Type.Object({ name: Type.String(), identifier: Type.String() }),
  }),
  servers: Type.Array(Type.Object({ url: Type.String() })),
  tags: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
  paths: Type.Record(Type.String(), Part),
  components: Type.Record(Type.String(), Part),
});

export type OpenApi = Static<typeof OpenApi>;
