import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CalendarDate } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, type Condition, change, either, is, isBelow } from '../dynamo/expressions.js';
import { type HeldState, readState, stateKey } from './subscriber-rows.js';

/** How often a write that lost a race is decided anew; then it is given up, for the queue to try again. */
const rounds = 4;

/** Holds while the subscriber may be mailed. */
export const isActive = is('status', 'active');

/** Holds while this edition and every later one are neither claimed nor ended. */
export const isBefore = (edition: CalendarDate): Condition => either(absent('edition'), isBelow('edition', edition));

/** Whether this edition or a later one is claimed or ended. */
export const isTaken = (state: HeldState, edition: CalendarDate) =>
  state.edition !== undefined && state.edition >= edition;

/** Writes of subscribers' states, each one conditional update. */
export function stateWriter(client: DynamoDBDocumentClient, TableName: string) {
  const read = (id: SubscriberId) => readState(client, TableName, id);

  /** Whether the conditions held and the state was updated. */
  const update = (id: SubscriberId, attributes: Readonly<Record<string, unknown>>, conditions: readonly Condition[]) =>
    isWritten(client.send(new UpdateCommand({ TableName, Key: stateKey(id), ...change(attributes, ...conditions) })));

  /** Tries a write that rests on a state; where it is refused, `lost` gives the answer, or `undefined` to try once more. */
  async function contend<Answer>(
    { id, state }: { readonly id: SubscriberId; readonly state: HeldState },
    won: Answer,
    write: (state: HeldState) => Promise<boolean>,
    lost: (stored: HeldState | undefined) => Answer | undefined,
  ): Promise<Answer> {
    let held = state;
    for (let round = 0; round < rounds; round += 1) {
      if (await write(held)) return won;
      const stored = await read(id);
      const answer = lost(stored);
      if (answer !== undefined) return answer;
      held = stored ?? held;
    }
    throw new Error(`subscriber ${id} was changed by others at every try`);
  }

  return { read, update, contend };
}
