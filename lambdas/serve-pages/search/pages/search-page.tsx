import { addDays, type CalendarDate } from '../../../../shared/domain/calendar-date.js';
import { type DaySpan, daysBefore } from '../../../../shared/domain/edition/archive.js';
import {
  type FoundPaper,
  type FoundPlaces,
  type LooserSearch,
  papersPerPage,
} from '../../../../shared/domain/edition/search-archive.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { type PublishingTime, whyNotToday } from '../../editions/pages/edition-page.js';
import { feedOfSearch } from '../../feeds/feed-addresses.js';
import { ErrorSummary, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import type { SearchFields } from '../read-search.js';
import { FoundItem } from './found-item.js';
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
  /** Whether the days and the order are those of a search that asks for none. */
  readonly isUsual: boolean;
  readonly newest: CalendarDate;
  readonly time: PublishingTime;
  readonly pagesUrl: string;
  readonly result?: SearchResult | undefined;
}

/** The search of the archive: a form that is its own address, and what was found. */
export function SearchPage({ fields, errors, isUsual, newest, time, pagesUrl, result }: SearchPageProps) {
  const isWrong = Object.keys(errors).length > 0;
  const title = isWrong ? 'Error: Search' : result ? `${fields.q}: Search` : 'Search';
  const feed = result && feedOfSearch(pagesUrl, fields.q);
  const ownPath = ownPathOf(fields, isUsual, result?.found.page);
  const about = { description, url: `${pagesUrl}${ownPath}`, ...(feed && { feed }) };
  return (
    <Layout title={title} {...(!isWrong && { about })}>
      <h1>Search the archive</h1>
      <ErrorSummary errors={errors} />
      <SearchForm fields={fields} errors={errors} isUsual={isUsual} />
      {result ? (
        <Found fields={fields} result={result} />
      ) : (
        <p class="lead">Search past editions with the same filters your digest uses.</p>
      )}
      <p class="soft">
        The newest edition is dated {dayInWords(newest)}. {whyNotToday(newest, time)}
      </p>
    </Layout>
  );
}

const description = "Search Paperboy's archive of trending papers by words, phrases, authors and categories.";

function Found({ fields, result }: { fields: SearchFields; result: SearchResult }) {
  const { found, span, withdrawn } = result;
  const { total, page, pages, papers } = found;
  return (
    <section class="edition" aria-labelledby="found">
      <h2 id="found">{total === 0 ? 'No papers' : countOf(total)}</h2>
      <p class="soft">
        From {dayInWords(span.from)} to {dayInWords(span.to)}
        {pages > 1 ? `, page ${page} of ${pages}` : ''}.
      </p>
      {result.notes.length > 0 ? <p class="soft">{result.notes.join(' ')}</p> : null}
      <p class="links">
        <a href={`/?${new URLSearchParams({ filter: fields.q })}`}>Email me this search</a>
      </p>
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

const countOf = (total: number) => (total === 1 ? '1 paper' : `${total} papers`);

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
              {`Without ${without}: ${countOf(total)}`}
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

/** The one path of a search, which names only what was asked for. */
function ownPathOf(fields: SearchFields, isUsual: boolean, page = 1): string {
  if (fields.q.trim() === '') return '/search';
  if (isUsual && page === 1) return `/search?${new URLSearchParams({ q: fields.q })}`;
  return searchUrl(fields, page === 1 ? {} : { page });
}

/** The address of a search with some of its fields changed; it begins on the first page unless that is one of them. */
function searchUrl(
  { q, from, to, sort }: SearchFields,
  change: Partial<SearchFields> & { readonly page?: number } = {},
): string {
  const { page, ...fields } = { q, from, to, sort, ...change };
  return `/search?${new URLSearchParams({ ...fields, ...(page !== undefined && { page: String(page) }) })}`;
}
