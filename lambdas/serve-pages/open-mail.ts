import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import { explainPapers, indexEdition } from '../../shared/domain/edition/choose-papers.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { ChosenPaper } from '../../shared/domain/edition/explain-papers.js';
import type { IndexedPaper } from '../../shared/domain/filter/match/index-paper.js';
import { placesSent, seenBy } from '../../shared/domain/subscriber/seen-papers.js';
import type { Subscriber, SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { type FilterTopic, resolveTopics } from '../../shared/domain/subscriber/topic.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

interface OpenMailDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly editions: Pick<EditionRepository, 'find' | 'frequencies'>;
  readonly catalogue: readonly FilterTopic[];
}

/** A paper of a mail, with the reasons that hold now. */
export interface MailedPaper extends Pick<ChosenPaper, 'reasons'> {
  readonly indexed: IndexedPaper;
}

/**
 * `unknown`: nobody of that name is here, maybe not any more. `left`: no digests go there at present. No papers: which they were is
 * forgotten.
 */
type OpenedMail =
  | { readonly answer: 'open'; readonly subscriber: Subscriber; readonly papers: readonly MailedPaper[] }
  | { readonly answer: 'unknown' | 'left' };

/** Reads back what a day's mail showed to its reader, who still gets mail. */
export async function openMail(
  { subscriber: id, date }: { readonly subscriber: SubscriberId; readonly date: CalendarDate },
  deps: OpenMailDeps,
): Promise<OpenedMail> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (!subscriber) return { answer: 'unknown' };
  const { status } = subscriber.state;
  if (status !== 'active' && status !== 'paused') return { answer: 'left' };
  const places = placesSent(seenBy(subscriber.state), date) ?? [];
  const edition = places.length > 0 ? await deps.editions.find(date) : undefined;
  const papers = edition ? await explained(subscriber, edition, places, deps) : [];
  return { answer: 'open', subscriber, papers };
}

async function explained(
  { profile }: Subscriber,
  edition: Edition,
  places: readonly number[],
  { editions, catalogue }: OpenMailDeps,
): Promise<readonly MailedPaper[]> {
  // The whole edition would take a second to index.
  const sent = indexEdition({ ...edition, papers: places.flatMap((place) => edition.papers[place] ?? []) });
  const { topics } = resolveTopics(profile.topics, catalogue);
  if (topics.some(({ filter }) => !filter)) sent.likeness.prepare(await editions.frequencies(edition));
  const chosen = explainPapers(sent, topics, [...sent.papers.keys()]);
  return sent.papers.map(({ indexed }, at) => ({ indexed, reasons: chosen[at]?.reasons ?? [] }));
}
