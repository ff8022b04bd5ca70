import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactGetCommandInput,
  TransactGetCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from "@aws-sdk/lib-dynamodb";

/** What is asked of a table, with plain values in place of DynamoDB's typed ones. */
export interface Operations {
  readonly BatchGetItem: { input: BatchGetCommandInput; output: BatchGetCommandOutput };
  readonly BatchWriteItem: { input: BatchWriteCommandInput; output: BatchWriteCommandOutput };
  readonly DeleteItem: { input: DeleteCommandInput; output: DeleteCommandOutput };
  readonly GetItem: { input: GetCommandInput; output: GetCommandOutput };
  readonly PutItem: { input: PutCommandInput; output: PutCommandOutput };
  readonly Query: { input: QueryCommandInput; output: QueryCommandOutput };
  readonly Scan: { input: ScanCommandInput; output: ScanCommandOutput };
  readonly TransactGetItems: { input: TransactGetCommandInput; output: TransactGetCommandOutput };
  readonly TransactWriteItems: { input: TransactWriteCommandInput; output: TransactWriteCommandOutput };
  readonly UpdateItem: { input: UpdateCommandInput; output: UpdateCommandOutput };
}

export type Operation = keyof Operations;

/**
 * A client of DynamoDB: the SDK's or the slim one. It tries a call three times and throws errors as the SDK has them,
 * with `name`, `$fault` and `$metadata`.
 */
export interface DynamoDb {
  call<Name extends Operation>(
    operation: Name,
    input: Operations[Name]["input"],
  ): Promise<Operations[Name]["output"]>;
}
