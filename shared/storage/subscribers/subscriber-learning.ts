import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  LikenessChoice,
  SubscriberId,
  SubscriberStatus,
  TopicChoice,
} from '../../domain/subscriber/subscriber.js';
import { withLearned } from '../../domain/subscriber/topic.js';
import { rowVersion } from '../dynamo/rows.js';
import { isAsRead } from './journey-steps.js';
import { subscriberRows } from './subscriber-rows.js';
import { stateStore } from './subscriber-state.js';

/** What is learned of a subscriber's examples comes into the profile; it is no step of the journey. */
export interface SubscriberLearning {
  /**
   * Gives whoever is subscribed, is asked to confirm or has unsubscribed the learned topics that `learn` makes of the examples, in
   * place of those they had, and leaves everything else as it is. If the profile changes meanwhile, it learns anew.
   */
  learn(
    id: SubscriberId,
    learn: () => Promise<readonly LikenessChoice[]>,
  ): Promise<'learned' | 'unchanged' | 'refused'>;
}

/** Whose learned topics may change; those of an address that is being changed are learned anew after that. */
const learns: readonly SubscriberStatus[] = ['pending', 'active', 'paused', 'unsubscribed'];

/** Whether topics are the same, in whatever kind of buffer the learned ones are. */
function isSame(one: readonly TopicChoice[], other: readonly TopicChoice[]): boolean {
  const plain = (choice: TopicChoice) =>
    'like' in choice ? { ...choice, like: Buffer.from(choice.like).toString('base64') } : choice;
  return isDeepStrictEqual(one.map(plain), other.map(plain));
}

/** Learned topics in profiles, by the state's row as every change of a profile. */
export function subscriberLearning(client: DynamoDBDocumentClient, TableName: string): SubscriberLearning {
  const { read, settle } = stateStore(client, TableName);
  const { profileOf, fileProfile } = subscriberRows(client, TableName);

  return {
    async learn(id, learn) {
      const answer = await settle<'learned' | 'unchanged' | 'refused'>(id, async (held) => {
        const profile = held && learns.includes(held.status) ? await profileOf(id, held) : undefined;
        if (!held || !profile) return { answer: 'refused' };
        const topics = withLearned(profile.topics, await learn());
        if (isSame(topics, profile.topics)) return { answer: 'unchanged' };
        const revision = (held.revision ?? 0) + 1;
        const set = { v: rowVersion, revision, newProfile: { revision, profile: { ...profile, topics } } };
        return { answer: 'learned', write: { set, onlyIf: isAsRead(held) } };
      });
      // The profile of one who has yet to confirm expires with the state.
      if (answer === 'learned' && (await read(id))?.status !== 'pending') await fileProfile(id);
      return answer;
    },
  };
}
