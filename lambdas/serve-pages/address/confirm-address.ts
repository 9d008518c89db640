import type { SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { Move } from '../../../shared/storage/subscribers/subscriber-moves.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';

export interface ConfirmAddressDeps {
  readonly subscribers: Pick<SubscriberRepository, 'beginMove'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
}

/**
 * Takes the confirmation of a new address. The rest is done by the message, which is queued before the confirmation is written: it
 * takes the confirmation itself where this died in between.
 */
export async function confirmAddress(
  { from, to }: Move,
  tokenHash: string,
  at: Instant,
  { subscribers, consents, enqueue }: ConfirmAddressDeps,
): Promise<'moving' | 'refused'> {
  await consents.append({ subscriber: to, event: 'confirmed', at, cause: 'change of address', page: pageVersion });
  await enqueue([{ kind: 'move-subscription', from, to, tokenHash, confirmedAt: at }]);
  return (await subscribers.beginMove(to, tokenHash, at)) === 'moving' ? 'moving' : 'refused';
}
