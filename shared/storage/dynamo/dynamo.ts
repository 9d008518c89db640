import {
  type AttributeValue,
  DynamoDBClient,
  type DynamoDBClientConfig,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** Clients for the writes that are made for each mail, by the client whose connections and credentials they share. */
const quick = new WeakMap<DynamoDBDocumentClient, DynamoDBClient>();

/** The one kind of client that every repository takes; region, credentials and endpoint come from the environment. */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const plain = new DynamoDBClient(config);
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const { requestHandler, credentials } = plain.config;
  // Puts the SDK's middleware together once. A document client must not: each of its commands is part of its own.
  quick.set(client, new DynamoDBClient({ ...config, requestHandler, credentials, cacheMiddleware: true }));
  return client;
}

/** Sends an update as the document client does, in two thirds of its CPU time. */
export async function updateItem(client: DynamoDBDocumentClient, input: UpdateCommandInput): Promise<void> {
  const plain = quick.get(client);
  if (!plain) {
    await client.send(new UpdateCommand(input));
    return;
  }
  const { Key, ExpressionAttributeValues, TableName, UpdateExpression, ConditionExpression, ...names } = input;
  await plain.send(
    new UpdateItemCommand({
      ...{ TableName, UpdateExpression, ConditionExpression },
      ExpressionAttributeNames: names.ExpressionAttributeNames,
      Key: attributesOf(Key ?? {}),
      ...(ExpressionAttributeValues && { ExpressionAttributeValues: attributesOf(ExpressionAttributeValues) }),
    }),
  );
}

function attributesOf(values: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const found: Record<string, AttributeValue> = {};
  for (const name in values) if (values[name] !== undefined) found[name] = attributeOf(values[name]);
  return found;
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === 'object') return { M: attributesOf({ ...value }) };
  throw new TypeError(`an attribute cannot be a ${typeof value}`);
}
