import { type RecordMailEventsDeps, recordMailEvent } from '../../../lambdas/record-mail-events/record-mail-events.js';
import { mailEvent } from '../../../shared/contract/events.js';
import { mailTags } from '../../../shared/contract/mail-tags.js';
import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { consentRepository } from '../../../shared/storage/consents-repository.js';
import { signupRepository } from '../../../shared/storage/signups-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { CaseContext } from './probe-kind.js';

/** The keys of an installation. */
export const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));

/** Empty tables of everything about subscribers. */
export async function openTables(context: CaseContext) {
  const dynamo = await context.dynamo();
  const table = await dynamo.createTable('subscribers');
  return {
    subscribers: subscriberRepository(dynamo.client, table),
    signups: signupRepository(dynamo.client, table),
    consents: consentRepository(dynamo.client, await dynamo.createTable('consents')),
  };
}

export type SubscriberTables = Awaited<ReturnType<typeof openTables>>;

interface BusEvent {
  readonly mail: { readonly timestamp: string; readonly tags?: object | undefined };
}

/** Takes an event of a digest to this subscriber as the queue brings it from the bus. */
export function takeEvent(
  event: BusEvent,
  { subscriber, at }: { readonly subscriber: SubscriberId; readonly at: Instant },
  deps: Omit<RecordMailEventsDeps, 'now' | 'tally'>,
) {
  const { mail } = event;
  const own = {
    [mailTags.subscriber]: [subscriber],
    [mailTags.edition]: [dateOf(at)],
    [mailTags.attempt]: ['1'],
  };
  const tagged = { ...event, mail: { ...mail, tags: { ...mail.tags, ...own } } };
  return recordMailEvent(mailEvent.parse(tagged), { ...deps, tally: { note: () => {} }, now: () => at });
}
