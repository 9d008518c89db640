import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { explainPapers, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type Press, pressesFor } from '../../../shared/domain/subscriber/exclusions/presses.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { type FilterTopic, resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import { type OpenMailDeps, openMail } from '../open-mail.js';

interface OpenLessDeps extends OpenMailDeps {
  readonly editions: OpenMailDeps['editions'] & Pick<EditionRepository, 'frequencies'>;
  readonly catalogue: readonly FilterTopic[];
}

/** A paper of a mail, with what can be left out because of it. */
export interface PressedPaper {
  readonly id: PaperId;
  readonly title: string;
  readonly presses: readonly Press[];
}

/** `unknown`: nobody of that name is here, maybe not any more. `left`: no digests go there at present. */
type LessAnswer =
  | { readonly answer: 'open'; readonly subscriber: Subscriber; readonly papers: readonly PressedPaper[] }
  | { readonly answer: 'unknown' | 'left' };

/** What a reader can leave out because of the papers that a day's mail showed; none where that is forgotten. */
export async function openLess(
  asked: { readonly subscriber: SubscriberId; readonly date: CalendarDate },
  deps: OpenLessDeps,
): Promise<LessAnswer> {
  const opened = await openMail(asked, deps);
  if (opened.answer !== 'open') return opened;
  const { subscriber, sent: edition } = opened;
  if (!edition) return { answer: 'open', subscriber, papers: [] };
  // The whole edition would take a second to index.
  const sent = indexEdition(edition);
  const { topics } = resolveTopics(subscriber.profile.topics, deps.catalogue);
  if (topics.some(({ filter }) => !filter)) sent.likeness.prepare(await deps.editions.frequencies(edition));
  const explained = explainPapers(sent, topics, [...sent.papers.keys()]);
  const papers = sent.papers.map(({ ranked: { paper }, indexed }, at) => ({
    id: paper.id,
    title: shownText(paper.title) || paper.id,
    presses: pressesFor(
      indexed,
      (explained[at]?.reasons ?? []).flatMap(({ words }) => words),
    ),
  }));
  return { answer: 'open', subscriber, papers };
}
