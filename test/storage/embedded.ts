import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { type EmbeddedDynamo, startEmbeddedDynamo } from '../support/embedded-dynamodb.js';

/** An embedded DynamoDB for the tests of one file. */
export function embeddedForTests(): () => EmbeddedDynamo {
  jest.setTimeout(60_000);
  let dynamo: EmbeddedDynamo | undefined;
  beforeAll(async () => {
    dynamo = await startEmbeddedDynamo();
  });
  afterAll(() => dynamo?.stop());
  return () => dynamo!;
}

/** A client of its own whose every query ends its page after one item. */
export function onSmallPages(client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const send = (command: { input: object; constructor: { name: string } }) => {
    if (/^(Query|Scan)Command$/.test(command.constructor.name)) Object.assign(command.input, { Limit: 1 });
    return client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** A client that dies instead of sending a command that `dies` picks by its input. */
export function dyingClient(client: DynamoDBDocumentClient, dies: (input: Record<string, unknown>) => boolean) {
  const send = (command: { input: Record<string, unknown> }) =>
    dies(command.input) ? Promise.reject(new Error('the process died')) : client.send(command as never);
  return { send } as unknown as DynamoDBDocumentClient;
}

/** A client whose updates all lose their first reply after they took effect, and are repeated as the SDK repeats them. */
export function repeatingClient(client: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const send = async (command: { constructor: { name: string } }) => {
    if (command.constructor.name === 'UpdateCommand') await client.send(command as never).catch(() => undefined);
    return client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** A client that lets something else happen from its start to its end just before the n-th request. */
export function interruptedClient(client: DynamoDBDocumentClient, nth: number, happen: () => Promise<unknown>) {
  let count = 0;
  const send = async (command: object) => {
    count += 1;
    if (count === nth) await happen();
    return client.send(command as never);
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, wasInterrupted: () => count >= nth };
}
