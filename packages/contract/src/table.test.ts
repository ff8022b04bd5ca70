import { expect, it } from "vitest";
import { table } from "./table.ts";

it("the released shape of the table: another key or index is another table, and needs a migration", () => {
  expect(table).toEqual({
    partitionKey: "pk",
    sortKey: "sk",
    indexes: { gsi1: { partitionKey: "gsi1pk", sortKey: "gsi1sk" } },
    timeToLive: "ttl",
  });
});
