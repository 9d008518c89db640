import { addDays, type CalendarDate } from '../../../../shared/domain/calendar-date.js';
import { type DaySpan, daysBefore } from '../../../../shared/domain/edition/archive.js';
import {
  type FoundPaper,
  type FoundPlaces,
  type LooserSearch,
  papersPerPage,
} from '../../../../shared/domain/edition/search-archive.js';
import type { MatchedWord } from '../../../../shared/domain/filter/match/find-term.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { excerptOf, markMatches, type TextPiece } from '../../../../shared/domain/text/excerpt.js';
import { shownMatches, withoutTags } from '../../../../shared/domain/text/shown-text.js';
import { cardView, summaryLength } from '../../../../shared/mail/card/card-view.js';
import { type PublishingTime, whyNotToday } from '../../editions/pages/edition-page.js';
import { PaperItem } from '../../editions/pages/paper-list.js';
import { ErrorSummary, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import type { SearchFields } from '../read-search.js';
import { SearchForm } from './search-form.js';

/** What a search found between which days; where that is nothing, searches with one clause less that find something. */
export interface SearchResult {
  readonly span: DaySpan;
  readonly found: Omit<FoundPlaces, 'places'> & { readonly papers: readonly FoundPaper[] };
  readonly looser: readonly LooserSearch[];
  /** Papers that have been withdrawn, among any others. */
  readonly withdrawn: ReadonlySet<PaperId>;
  /** How the filter was read, where that is not plain to see. */
  readonly notes: readonly string[];
}

interface SearchPageProps {
  readonly fields: SearchFields;
  readonly errors: FieldErrors;
  readonly newest: CalendarDate;
  readonly time: PublishingTime;
  readonly result?: SearchResult | undefined;
}

/** The search of the archive: a form that is its own address, and what was found. */
export function SearchPage({ fields, errors, newest, time, result }: SearchPageProps) {
  const title = Object.keys(errors).length > 0 ? 'Error: Search' : result ? `${fields.q}: Search` : 'Search';
  return (
    <Layout title={title}>
      <ErrorSummary errors={errors} />
      <h1>Search the archive</h1>
      <p class="lead">Search past editions with the same filters your digest uses.</p>
      <p class="soft">
        The newest edition is dated {dayInWords(newest)}. {whyNotToday(newest, time)}
      </p>
      <SearchForm fields={fields} errors={errors} />
      {result ? <Found fields={fields} result={result} /> : null}
    </Layout>
  );
}

function Found({ fields, result }: { fields: SearchFields; result: SearchResult }) {
  const { found, span, withdrawn } = result;
  const { total, page, pages, papers } = found;
  return (
    <section class="edition" aria-labelledby="found">
      <h2 id="found">{total === 0 ? 'No papers' : total === 1 ? '1 paper' : `${total} papers`}</h2>
      <p class="soft">
        From {span.from} to {span.to}
        {pages > 1 ? `, page ${page} of ${pages}` : ''}.
      </p>
      {result.notes.length > 0 ? <p class="soft">{result.notes.join(' ')}</p> : null}
      {total === 0 ? (
        <Looser fields={fields} looser={result.looser} />
      ) : (
        <ol class="papers" start={(page - 1) * papersPerPage + 1}>
          {papers.map((each) => (
            <FoundItem found={each} isWithdrawn={withdrawn.has(each.paper.paper.id)} />
          ))}
        </ol>
      )}
      <Onward fields={fields} result={result} />
    </section>
  );
}

/** The most useful help for anybody who found nothing. */
function Looser({ fields, looser }: { fields: SearchFields; looser: readonly LooserSearch[] }) {
  if (looser.length === 0) {
    return (
      <p>No paper from these days matches. Try a broader word, add an alternative with OR, or choose other days.</p>
    );
  }
  return (
    <>
      <p>No paper matches all of it. Try dropping one term:</p>
      <ul>
        {looser.map(({ without, query, total }) => (
          <li>
            <a class="standalone" href={searchUrl(fields, { q: query })}>
              {`Without ${without}: ${total === 1 ? '1 paper' : `${total} papers`}`}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** To the pages before and after, and to earlier days. */
function Onward({ fields, result }: { fields: SearchFields; result: SearchResult }) {
  const { page, pages } = result.found;
  const earlier = daysBefore(addDays(result.span.from, -1));
  return (
    <nav class="links" aria-label="More results">
      {page > 1 ? (
        <a rel="prev" href={searchUrl(fields, { page: page - 1 })}>
          Previous page
        </a>
      ) : null}
      {page < pages ? (
        <a rel="next" href={searchUrl(fields, { page: page + 1 })}>
          Next page
        </a>
      ) : null}
      <a href={searchUrl(fields, earlier)}>Previous 30 days</a>
    </nav>
  );
}

/** The address of a search with some of its fields changed; it begins on the first page unless that is one of them. */
function searchUrl(
  { q, from, to, sort }: SearchFields,
  change: Partial<SearchFields> & { readonly page?: number } = {},
): string {
  const { page, ...fields } = { q, from, to, sort, ...change };
  return `/search?${new URLSearchParams({ ...fields, ...(page !== undefined && { page: String(page) }) })}`;
}

/** A paper that was found, with its matched words marked. */
function FoundItem({ found: { paper, words }, isWithdrawn }: { found: FoundPaper; isWithdrawn: boolean }) {
  const inPart = (part: MatchedWord['part']) => words.filter((word) => word.part === part);
  const title = shownMatches(paper.paper.title, inPart('title'));
  const abstract = shownMatches(paper.paper.abstract, inPart('abstract'));
  const shownWords = words
    .map((word) => ({ part: word.part, text: shownWord(word, paper.paper) }))
    .filter(({ text }) => text !== '');
  return (
    <PaperItem
      id={paper.paper.id}
      // An excerpt stands in place of the summary, which takes longer to make than all the rest.
      card={cardView(abstract.matches.length > 0 ? { ...paper, paper: { ...paper.paper, abstract: '' } } : paper)}
      isWithdrawn={isWithdrawn}
      title={title.matches.length > 0 ? <Marked pieces={markMatches(title.text, title.matches)} /> : undefined}
      excerpt={
        abstract.matches.length > 0 ? (
          <Marked pieces={excerptOf(abstract.text, abstract.matches, summaryLength)} />
        ) : undefined
      }
    >
      <p class="soft small">
        {paper.day}. Best rank: {paper.best.place}, in the{' '}
        <a href={`/editions/${paper.best.edition}`}>edition of {dayInWords(paper.best.edition)}</a>.
      </p>
      {shownWords.length > 0 ? (
        <p class="small">
          Matched:{' '}
          {shownWords.map(({ text, part }, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <mark>{text}</mark> <span class="soft">({part})</span>
            </>
          ))}
        </p>
      ) : null}
    </PaperItem>
  );
}

/** A matched word as the paper shows it; empty where only a tag matched. */
function shownWord(word: MatchedWord, paper: Paper): string {
  if (word.part !== 'title' && word.part !== 'abstract') return withoutTags(word.text);
  const { text, matches } = shownMatches(paper[word.part], [word]);
  return matches.map(({ start, end }) => text.slice(start, end)).join('');
}

function Marked({ pieces }: { pieces: readonly TextPiece[] }) {
  return <>{pieces.map(({ text, isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>;
}
