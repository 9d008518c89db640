import {
  addDays,
  type CalendarDate,
  dateOf,
  hourMs,
  type Instant,
  startOf,
} from '../../../../shared/domain/calendar-date.js';
import type { Edition, RankedPaper } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import type { TopicGroup } from '../../../../shared/domain/subscriber/catalogue.js';
import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { dateInWords, dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { shownText } from '../../../../shared/domain/text/shown-text.js';
import { feedOfEdition, feedOfTopic } from '../../feeds/feed-addresses.js';
import { Layout } from '../../frame/pages/layout.js';
import type { Neighbours } from '../edition-calendar.js';
import { type EditionView, viewQuery } from '../read-view.js';
import { EditionNav, PageNav, ViewForm } from './edition-nav.js';
import { PaperList } from './paper-list.js';

/** How many papers a page shows, and how many lines where each is one. */
const pageSizes = { full: 20, compact: 100 };

interface PlacedPaper {
  readonly paper: RankedPaper;
  /** In the edition, from 1. */
  readonly place: number;
}

interface EditionPageProps {
  readonly edition: Edition;
  /** All papers that the view asks for. */
  readonly papers: readonly PlacedPaper[];
  readonly view: EditionView;
  readonly neighbours: Neighbours;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
  readonly catalogue: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
  readonly pagesUrl: string;
}

/** One edition, or its papers on one topic, page by page. */
export function EditionPage({ edition, papers, neighbours, withdrawn, pagesUrl, ...props }: EditionPageProps) {
  const { topic, isCompact } = props.view;
  const size = isCompact ? pageSizes.compact : pageSizes.full;
  const pages = Math.max(1, Math.ceil(papers.length / size));
  const page = Math.min(props.view.page, pages);
  const view = { ...props.view, page };
  const shown = papers.slice((page - 1) * size, page * size);
  const name = `Edition of ${dayInWords(edition.date)}`;
  const titles = [name, ...(topic ? [topic.name] : []), ...(page > 1 ? [`page ${page}`] : [])];
  const description = `The ${edition.papers.length} papers of the edition of ${dayInWords(edition.date)}, ranked by how fast they were rising.`;
  const url = `${pagesUrl}/editions/${edition.date}${viewQuery({ ...view, isCompact: false })}`;
  const feed = topic ? feedOfTopic(pagesUrl, topic) : feedOfEdition(pagesUrl);
  const List = isCompact ? CompactList : FullList;
  return (
    <Layout title={titles.join(', ')} about={{ description, url, feed }}>
      <section class="edition" aria-labelledby="edition">
        <h1 id="edition">{name}</h1>
        <p class="soft">
          {edition.papers.length} papers from the last seven days, ranked by how fast they are rising.
          {withoutList(edition)}
        </p>
        <EditionNav neighbours={neighbours} label="Other editions" />
        <ViewForm date={edition.date} view={view} catalogue={props.catalogue} groups={props.groups} />
        <p class="soft">{whatIsShown(papers, shown, { pages, view })}</p>
        <h2 class="skip">Papers</h2>
        <List papers={shown} withdrawn={withdrawn} />
        <PageNav date={edition.date} view={view} pages={pages} />
        <EditionNav neighbours={neighbours} label="The editions before and after" />
        <p class="links">
          <a href="/how">Why this order?</a>
          <a href="/search">Search this and earlier editions</a>
          <a href="/hindsight">How earlier editions held up a week later</a>
        </p>
      </section>
    </Layout>
  );
}

function withoutList({ days }: Edition): string {
  const empty = days.filter(({ listed }) => listed === 0).map(({ date }) => date);
  if (empty.length === 0) return '';
  if (empty.length <= 2) return ` There was no daily list on ${empty.map(dayInWords).join(' or ')}.`;
  const [last, ...others] = empty.map(dateInWords).reverse();
  return ` There was no daily list on ${others.reverse().join(', ')} or ${last}.`;
}

function whatIsShown(
  all: readonly PlacedPaper[],
  shown: readonly PlacedPaper[],
  { pages, view: { topic, page } }: { readonly pages: number; readonly view: EditionView },
): string {
  const on = topic ? ` on ${topic.name}` : '';
  if (all.length === 0) return `No paper${on} is in this edition.`;
  const count = `${all.length} ${all.length === 1 ? 'paper' : 'papers'}${on}`;
  const [first, last] = [shown[0]?.place, shown.at(-1)?.place];
  if (pages === 1) return topic ? `${count}.` : '';
  return `${count}: page ${page} of ${pages}, places ${first} to ${last}.`;
}

interface ListProps {
  readonly papers: readonly PlacedPaper[];
  readonly withdrawn: ReadonlySet<PaperId>;
}

function FullList({ papers, withdrawn }: ListProps) {
  return (
    <PaperList
      papers={papers.map(({ paper }) => paper)}
      places={papers.map(({ place }) => place)}
      withdrawn={withdrawn}
    />
  );
}

function CompactList({ papers, withdrawn }: ListProps) {
  return (
    <ol class="compact">
      {papers.map(({ paper: { paper, counts }, place }) => (
        <li value={place}>
          <a href={`/papers/${paper.id}`}>{shownText(paper.title)}</a>
          <span class="soft small">
            {counts.upvotes === undefined ? '' : ` ${counts.upvotes} ${counts.upvotes === 1 ? 'upvote' : 'upvotes'}`}
            {withdrawn.has(paper.id) ? ' This paper has since been withdrawn from arXiv.' : ''}
          </span>
        </li>
      ))}
    </ol>
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
