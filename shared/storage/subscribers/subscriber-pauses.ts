import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { by, offSlot, stepsIn } from './journey-steps.js';
import { subscriberRows } from './subscriber-rows.js';
import type { StateRow } from './subscriber-state.js';

/** The part of the journey that interrupts mailing. */
export interface SubscriberPauses {
  /** Pauses an active subscriber, who keeps the slot until `until`; without such a time, the slot is given up. */
  pause(id: SubscriberId, until: Instant | undefined, at: Instant): Promise<'paused' | 'refused'>;
  /** Makes a paused subscriber active again, whenever the pause would have ended. */
  resume(id: SubscriberId, at: Instant): Promise<'resumed' | 'refused'>;
  /** Does so only while the pause is still the one that ends at `pausedUntil`: a later one is somebody's own wish. */
  endPause(id: SubscriberId, pausedUntil: Instant, at: Instant): Promise<'resumed' | 'refused'>;
}

/** Pauses on state rows. */
export function subscriberPauses(client: DynamoDBDocumentClient, TableName: string): SubscriberPauses {
  const { enterSlot, profileOf } = subscriberRows(client, TableName);
  const step = stepsIn(client, TableName);

  async function resumeIf(id: SubscriberId, at: Instant, isThisPause: (held: StateRow) => boolean) {
    const { isDone } = await step(id, at, by('resumed'), async (held) => {
      const profile = held && isThisPause(held) && (await profileOf(id, held));
      return profile ? { slot: held.slot ?? (await enterSlot(profile)), pausedUntil: undefined } : undefined;
    });
    return isDone ? 'resumed' : 'refused';
  }

  return {
    async pause(id, until, at) {
      const plan = () => (until === undefined ? offSlot : { pausedUntil: until });
      return (await step(id, at, by('paused'), plan)).isDone ? 'paused' : 'refused';
    },

    resume: (id, at) => resumeIf(id, at, () => true),

    endPause: (id, pausedUntil, at) => resumeIf(id, at, (held) => held.pausedUntil === pausedUntil),
  };
}
