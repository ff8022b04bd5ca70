import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/**
 * What stands in for an AWS account on a laptop. Real credentials of the shell are never used, so that no
 * local start can reach a real table by mistake.
 */
export const localAccount = {
  AWS_REGION: "local",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
} as const;

/** A client of the DynamoDB at `endpoint`. */
export function databaseClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: localAccount.AWS_REGION,
    credentials: {
      accessKeyId: localAccount.AWS_ACCESS_KEY_ID,
      secretAccessKey: localAccount.AWS_SECRET_ACCESS_KEY,
    },
  });
}
