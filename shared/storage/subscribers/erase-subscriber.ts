import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { exists, is, isNot, onlyIf } from '../dynamo/expressions.js';
import type { Key } from '../dynamo/read-items.js';
import { rowVersion } from '../dynamo/row-reader.js';
import { profileKey } from './profile-rows.js';
import { ownNoticeKey, signupKey, stateKey } from './subscriber-rows.js';

/**
 * Deletes every row of a subscriber, the address first, so that a process that dies half way has not kept it; of a
 * suppressed one a state stays that holds nothing but this status.
 */
export async function eraseSubscriber(
  client: DynamoDBDocumentClient,
  TableName: string,
  id: SubscriberId,
  at: Instant,
): Promise<'erased' | 'unknown'> {
  const Key = stateKey(id);

  async function eraseState(): Promise<boolean> {
    const deletion = new DeleteCommand({ TableName, Key, ...onlyIf(exists('pk'), isNot('status', 'suppressed')) });
    if (await isWritten(client.send(deletion))) return true;
    const Item = { ...Key, v: rowVersion, status: 'suppressed', changedAt: at };
    return isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(is('status', 'suppressed')) })));
  }

  const remove = async (Key: Key) =>
    (await client.send(new DeleteCommand({ TableName, Key: { ...Key }, ReturnValues: 'ALL_OLD' }))).Attributes;
  const profile = await remove(profileKey(id));
  const isGone = await eraseState();
  // Once more: a change on its way may have written the profile until its state was gone.
  await remove(profileKey(id));
  await remove(signupKey(id));
  for (const notice of ['welcome', 'goodbye'] as const) await remove(ownNoticeKey(id, notice));
  return isGone || profile ? 'erased' : 'unknown';
}
