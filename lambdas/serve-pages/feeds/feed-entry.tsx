import type { CalendarDate, Instant } from '../../../shared/domain/calendar-date.js';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import { arxivPage } from '../../../shared/domain/paper/paper-links.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { type CardSize, type CardView, cardView } from '../../../shared/mail/card/card-view.js';

/** A feed before it is written: texts hold no character that XML forbids. */
export interface FeedDocument {
  /** The same for as long as the feed exists, and for no other feed. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Address of the page that it belongs to. */
  readonly pageUrl: string;
  /** Its own address; absent where that is a secret. */
  readonly url?: string;
  readonly updatedAt: Instant;
  readonly entries: readonly FeedEntry[];
}

/** A paper in a feed. */
export interface FeedEntry {
  /** Its page here, which is its id in every feed as well. */
  readonly url: string;
  /** Its page on arXiv. */
  readonly externalUrl: string;
  readonly title: string;
  /** Sentences of its abstract; may be empty. */
  readonly summary: string;
  /** What its card says, as HTML. */
  readonly html: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
}

/** Half a surrogate pair, control characters, and the two others that XML 1.0 has no way to write. */
const unwritable = /[\p{Cs}\p{Cc}\ufffe\uffff]/gu;

/** A text without the characters that XML 1.0 cannot hold. Source: https://www.w3.org/TR/xml/#charsets */
export function writable(text: string): string {
  return text.replace(unwritable, '').trim();
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** A collaboration's thousand authors would be most of a feed. */
const mostAuthors = 20;

/** Shapes of arXiv's categories; others would need escapes that some readers of attributes get wrong. */
const plainCategory = /^[\w.-]+$/;

interface EntryOptions {
  readonly pagesUrl: string;
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<string>;
  readonly updatedAt: Instant;
  /** The day of its edition, where that is known. */
  readonly on?: CalendarDate;
  readonly size?: CardSize;
}

/** What a feed says of a ranked paper: what its card says on the pages. */
export function feedEntry(ranked: RankedPaper, options: EntryOptions): FeedEntry {
  const { paper } = ranked;
  const { pagesUrl, withdrawn, updatedAt, on, size = 'lead' } = options;
  const card = cardView(ranked, size, on);
  const isWithdrawn = card.isWithdrawn || withdrawn.has(paper.id);
  const authors = paper.authors.slice(0, mostAuthors).map((name) => writable(shownText(name)));
  return {
    url: `${pagesUrl}/papers/${paper.id}`,
    externalUrl: arxivPage(paper.id),
    title: `${isWithdrawn ? 'Withdrawn: ' : ''}${writable(card.title) || paper.id}`,
    summary: writable(card.summary),
    html: writable((<EntryBody card={card} isWithdrawn={isWithdrawn} />).toString()),
    authors: authors.filter((name) => name !== ''),
    categories: paper.categories.filter((category) => plainCategory.test(category)),
    publishedAt: Math.min(paper.firstSeenAt, updatedAt),
    updatedAt,
  };
}

function EntryBody({ card, isWithdrawn }: { card: CardView; isWithdrawn: boolean }) {
  const { authors, about, summary, aiSummary, rise, riseLabel, totals, links } = card;
  return (
    <>
      {isWithdrawn ? <p>This paper has been withdrawn from arXiv.</p> : null}
      {authors || about ? <p>{[authors, about].filter((part) => part !== '').join(' · ')}</p> : null}
      {summary ? <p>{summary}</p> : null}
      {aiSummary ? (
        <p>
          <strong>AI summary:</strong> {aiSummary}
        </p>
      ) : null}
      {rise ? <p>{`${riseLabel}: ${rise}`}</p> : null}
      {totals ? <p>{totals}</p> : null}
      <p>
        {links.map(({ label, url }, index) => (
          <>
            {index > 0 ? ' · ' : ''}
            <a href={url}>{label}</a>
          </>
        ))}
      </p>
    </>
  );
}
