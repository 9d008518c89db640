import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type Press, pressesFor } from '../../../shared/domain/subscriber/exclusions/presses.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { type OpenMailDeps, openMail } from '../open-mail.js';

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
  deps: OpenMailDeps,
): Promise<LessAnswer> {
  const opened = await openMail(asked, deps);
  if (opened.answer !== 'open') return opened;
  const papers = opened.papers.map(({ indexed, reasons }) => ({
    id: indexed.paper.id,
    title: shownText(indexed.paper.title) || indexed.paper.id,
    presses: pressesFor(
      indexed,
      reasons.flatMap(({ words }) => words),
    ),
  }));
  return { ...opened, papers };
}
