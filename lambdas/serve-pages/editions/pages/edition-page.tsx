import {
  addDays,
  type CalendarDate,
  dateOf,
  hourMs,
  type Instant,
  startOf,
} from '../../../../shared/domain/calendar-date.js';
import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Layout } from '../../frame/pages/layout.js';
import { PaperList } from './paper-list.js';

/** A page shows the top of an edition: the whole of it can be thousands of papers. */
const shownPapers = 50;

interface EditionPageProps {
  readonly edition: Edition;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
}

/** One edition as a page. */
export function EditionPage({ edition, withdrawn }: EditionPageProps) {
  const empty = edition.days.filter(({ listed }) => listed === 0).map(({ date }) => date);
  const name = `Edition of ${dayInWords(edition.date)}`;
  return (
    <Layout title={name}>
      <section class="edition" aria-labelledby="edition">
        <h1 id="edition">{name}</h1>
        <p class="soft">
          {edition.papers.length > shownPapers ? `The top ${shownPapers} of ` : ''}
          {edition.papers.length} papers from the last seven days, ranked by how fast they are rising.
          {empty.length > 0 ? ` There was no daily list on ${empty.join(', ')}.` : ''}
        </p>
        <h2 class="skip">Papers</h2>
        <PaperList papers={edition.papers.slice(0, shownPapers)} withdrawn={withdrawn} />
        <a class="standalone" href="/how">
          Why this order?
        </a>{' '}
        <a class="standalone" href="/search">
          Search this and earlier editions
        </a>{' '}
        <a class="standalone" href="/hindsight">
          How earlier editions held up a week later
        </a>
      </section>
    </Layout>
  );
}

/** What decides when an edition is due. */
export interface PublishingTime {
  readonly now: Instant;
  /** 0–23, UTC: the first reading of the sources from then on publishes the day's edition. */
  readonly publishHour: number;
}

/** Why the newest edition is not today's, in sentences; nothing when it is. */
export function whyNotToday(newest: CalendarDate, { now, publishHour }: PublishingTime): string {
  const today = dateOf(now);
  if (newest >= today) return '';
  const hour = `${String(publishHour).padStart(2, '0')}:00 UTC`;
  const isDue = now >= startOf(today) + publishHour * hourMs;
  const next = isDue ? `Today's edition, due after ${hour}, is not out yet.` : `Today's edition is due after ${hour}.`;
  return newest < addDays(today, -1) ? `No edition has come out since. ${next}` : next;
}
