import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { ArchivedPaper } from '../../../../shared/domain/edition/archive.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords, shortDay } from '../../../../shared/domain/text/day-in-words.js';
import { cardView } from '../../../../shared/mail/card/card-view.js';
import { PaperItem } from '../../editions/pages/paper-list.js';
import { feedOfTopic } from '../../feeds/feed-addresses.js';
import { Layout } from '../../frame/pages/layout.js';

/** A day, and how many papers were found on it. */
export type DayCount = readonly [date: CalendarDate, count: number];

interface Found {
  /** Each of the 30 days up to the newest edition, ascending. */
  readonly days: readonly DayCount[];
  /** How many of them the editions look back on: fewer while there are few editions. */
  readonly coveredDays: number;
  readonly total: number;
  /** The newest, the best of a day first. */
  readonly papers: readonly ArchivedPaper[];
}

interface TopicPageProps {
  readonly topic: FilterTopic;
  /** Absent while no edition counts. */
  readonly found: Found | undefined;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
  readonly pagesUrl: string;
}

/** What a topic found lately: day by day, and its newest papers. */
export function TopicPage({ topic, found, withdrawn, pagesUrl }: TopicPageProps) {
  const { id, name, description = '' } = topic;
  const about = {
    description: `New and rising papers on ${name}, from Paperboy's last 30 days. ${description}`.trim(),
    url: `${pagesUrl}/topics/${id}`,
    feed: feedOfTopic(pagesUrl, topic),
  };
  return (
    <Layout title={name} about={about}>
      <h1>{name}</h1>
      <p class="lead">{description}</p>
      <p class="actions">
        <a class="button" href={`/?topic=${id}`}>
          Get this topic by email
        </a>
      </p>
      {found ? <Bars {...found} /> : <p class="soft">No edition has come out in the last seven days.</p>}
      {found && found.papers.length > 0 ? (
        <section class="edition" aria-labelledby="newest">
          <h2 id="newest">{found.total > found.papers.length ? `The newest ${found.papers.length}` : 'The papers'}</h2>
          <ol class="papers">
            {found.papers.map((paper) => (
              <NewestPaper paper={paper} isWithdrawn={withdrawn.has(paper.paper.id)} />
            ))}
          </ol>
        </section>
      ) : null}
      <p class="links">
        <a href="/topics">All topics</a>
        <a href="/search">Search all papers</a>
      </p>
    </Layout>
  );
}

function NewestPaper({ paper, isWithdrawn }: { readonly paper: ArchivedPaper; readonly isWithdrawn: boolean }) {
  const { edition, place } = paper.best;
  return (
    <PaperItem id={paper.paper.id} card={cardView(paper)} isWithdrawn={isWithdrawn}>
      <p class="soft small">
        {dayInWords(paper.day)}. Best rank: {place}, in the{' '}
        <a href={`/editions/${edition}`}>edition of {dayInWords(edition)}</a>.
      </p>
    </PaperItem>
  );
}

const [width, height, baseline] = [400, 130, 106] as const;

/** A bar for each day; a table below has the same numbers. */
function Bars({ days, coveredDays, total }: Pick<Found, 'days' | 'coveredDays' | 'total'>) {
  const [first, last] = [days[0]?.[0], days.at(-1)?.[0]];
  if (!first || !last) return null;
  const most = Math.max(...days.map(([, count]) => count));
  const step = width / days.length;
  const heightOf = (count: number) => Math.round((count / Math.max(1, most)) * (baseline - 18));
  return (
    <>
      <h2>
        {total === 1 ? '1 paper' : `${total} papers`} in {coveredDays === 1 ? 'a day' : `${coveredDays} days`}
      </h2>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby="bars-title">
        <title id="bars-title">{`Papers a day from ${dayInWords(first)} to ${dayInWords(last)}: ${most} at most.`}</title>
        <path class="grid" d={`M0 ${baseline}H${width}`} />
        {days.map(([, count], index) => (
          <rect
            class="ours"
            x={Math.round(index * step * 10) / 10}
            y={baseline - heightOf(count)}
            width={Math.round(step * 7) / 10}
            height={heightOf(count)}
          />
        ))}
        <text x="0" y="12">
          {most} at most
        </text>
        <text x="0" y={height - 6}>
          {shortDay(first)}
        </text>
        <text class="at-end" x={width} y={height - 6}>
          {shortDay(last)}
        </text>
      </svg>
      <DayTable days={days} />
    </>
  );
}

function DayTable({ days }: { readonly days: readonly DayCount[] }) {
  return (
    <details class="help">
      <summary>The numbers, day by day</summary>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Papers</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map(([date, count]) => (
            <tr>
              <th scope="row">{dayInWords(date)}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
