import { dayLine } from '../domain/edition/day-line.js';
import type { Edition } from '../domain/edition/edition.js';
import type { ChosenPaper } from '../domain/edition/explain-papers.js';
import type { Period } from '../domain/subscriber/slot/delivery-days.js';
import type { ClaimKind } from '../domain/subscriber/subscriber.js';

/** What the first line of a digest depends on: its papers, and its kind where it is no ordinary one. */
interface OpenedMail {
  readonly kind?: ClaimKind;
  readonly papers: readonly ChosenPaper[];
}

/** The day line, or of the week what its order is, below a word on papers that the topics do not explain. */
export function openingLine({ kind, papers }: OpenedMail, edition: Edition, period: Period): string {
  if (period === 'week') return weekLine(kind, edition);
  const ofDay = dayLine(
    edition,
    papers.map(({ ranked }) => ranked),
  );
  if (kind !== 'best-unseen') return ofDay;
  return `Nothing new matched your topics today: these are the best papers outside them. ${ofDay}`;
}

function weekLine(kind: OpenedMail['kind'], edition: Edition): string {
  const order = edition.papers.some(({ weekGain }) => weekGain !== undefined)
    ? 'those with the most upvotes in seven days first'
    : 'in the order of their trend scores';
  if (kind === 'best-unseen') return `Nothing matched your topics: these are the week's best outside them, ${order}.`;
  return `The week's best in your topics, ${order}.`;
}
