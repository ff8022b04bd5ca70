import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Entity } from "electrodb";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));

export const Users = new Entity(
  {
    model: { service: "auth", entity: "user", version: "1" },
    attributes: {
      id: { type: "string", required: true },
      email: { type: "string", required: true },
      password: { type: "string", required: true },
      level: { type: "string", required: true, default: "user" },
      createdAt: { type: "number", required: true, default: () => Date.now() },
    },
    indexes: {
      byId: { pk: { field: "pk", composite: ["id"] }, sk: { field: "sk", composite: [] } },
      byEmail: {
        index: "gsi1",
        pk: { field: "gsi1pk", composite: ["email"] },
        sk: { field: "gsi1sk", composite: [] },
      },
    },
  },
  { client, table: process.env.TABLE_NAME },
);
