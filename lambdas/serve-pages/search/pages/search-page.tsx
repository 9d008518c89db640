import { addDays } from '../../../../shared/domain/calendar-date.js';
import { type DaySpan, daysBefore } from '../../../../shared/domain/edition/archive.js';
import { type FoundPage, type LooserSearch, papersPerPage } from '../../../../shared/domain/edition/search-archive.js';
import { ErrorSummary, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import type { SearchFields } from '../read-search.js';
import { FoundItem } from './found-item.js';
import { SearchForm } from './search-form.js';
import { searchUrl } from './search-url.js';

/** What a search found in which days; where that is nothing, searches with one clause less that find something. */
export interface SearchResult {
  readonly span: DaySpan;
  readonly found: FoundPage;
  readonly looser: readonly LooserSearch[];
}

interface SearchPageProps {
  readonly fields: SearchFields;
  readonly errors: FieldErrors;
  readonly result?: SearchResult | undefined;
}

/** The search of the archive: a form that is its own address, and what was found. */
export function SearchPage({ fields, errors, result }: SearchPageProps) {
  const title = Object.keys(errors).length > 0 ? 'Not searched yet' : result ? `${fields.q}: search` : 'Search';
  return (
    <Layout title={title}>
      <ErrorSummary errors={errors} />
      <h1>Search the archive</h1>
      <p class="lead">What stood in the editions, found by the filters that your digests go by.</p>
      <SearchForm fields={fields} errors={errors} />
      {result ? <Found fields={fields} result={result} /> : null}
    </Layout>
  );
}

function Found({ fields, result }: { fields: SearchFields; result: SearchResult }) {
  const { found, span } = result;
  const { total, page, pages, papers } = found;
  return (
    <section class="edition" aria-labelledby="found">
      <h2 id="found">{total === 0 ? 'No papers' : total === 1 ? '1 paper' : `${total} papers`}</h2>
      <p class="soft">
        Of the days {span.from} to {span.to}
        {pages > 1 ? `, page ${page} of ${pages}` : ''}.
      </p>
      {total === 0 ? <Looser fields={fields} looser={result.looser} /> : null}
      {total > 0 ? (
        <ol class="papers" start={(page - 1) * papersPerPage + 1}>
          {papers.map((each) => (
            <FoundItem found={each} />
          ))}
        </ol>
      ) : null}
      <Onward fields={fields} result={result} />
    </section>
  );
}

/** The nearest help for who found nothing. */
function Looser({ fields, looser }: { fields: SearchFields; looser: readonly LooserSearch[] }) {
  if (looser.length === 0) {
    return <p>No paper of these days has these words. Try a broader word, another one joined by OR, or other days.</p>;
  }
  return (
    <>
      <p>All of it together stands in no paper of these days. With one part less:</p>
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
    <nav class="links" aria-label="More of the search">
      {page > 1 ? (
        <a rel="prev" href={searchUrl(fields, { page: page - 1 })}>
          Page before
        </a>
      ) : null}
      {page < pages ? (
        <a rel="next" href={searchUrl(fields, { page: page + 1 })}>
          Next page
        </a>
      ) : null}
      <a href={searchUrl(fields, earlier)}>The 30 days before</a>
    </nav>
  );
}
