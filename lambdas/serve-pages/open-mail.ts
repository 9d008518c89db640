import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { placesSent, seenBy } from '../../shared/domain/subscriber/seen-papers.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

export interface OpenMailDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly editions: Pick<EditionRepository, 'find'>;
}

/** `unknown`: nobody of that name is here, maybe not any more. `left`: no digests go there at present. */
type OpenedMail =
  | {
      readonly answer: 'open';
      readonly subscriber: Subscriber;
      /** With the papers that the mail showed alone; `undefined` where that is forgotten. */
      readonly sent: Edition | undefined;
    }
  | { readonly answer: 'unknown' | 'left' };

/** Reads back what a day's mail showed to its reader, who still gets mail. */
export async function openMail(
  { subscriber: id, date }: { readonly subscriber: SubscriberId; readonly date: CalendarDate },
  { subscribers, editions }: OpenMailDeps,
): Promise<OpenedMail> {
  const [subscriber] = await subscribers.load([id]);
  if (!subscriber) return { answer: 'unknown' };
  const { status } = subscriber.state;
  if (status !== 'active' && status !== 'paused') return { answer: 'left' };
  const places = placesSent(seenBy(subscriber.state), date) ?? [];
  const edition = places.length > 0 ? await editions.find(date) : undefined;
  const sent = edition && { ...edition, papers: places.flatMap((place) => edition.papers[place] ?? []) };
  return { answer: 'open', subscriber, sent };
}
