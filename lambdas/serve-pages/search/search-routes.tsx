import type { Context, Hono } from 'hono';
import { type CalendarDate, dateOf } from '../../../shared/domain/calendar-date.js';
import { describeMissing } from '../../../shared/domain/edition/filter-outlook.js';
import {
  type ArchiveSearch,
  explainFound,
  looserSearches,
  searchArchive,
} from '../../../shared/domain/edition/search-archive.js';
import { compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import type { Spelling } from '../../../shared/domain/filter/write-filter.js';
import type { ServePagesDeps } from '../dependencies.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { SearchPage, type SearchResult } from './pages/search-page.js';
import { previewFilter, readingNotes } from './preview-filter.js';
import { readSearch } from './read-search.js';

/** The answer to one filter changes with the next edition only; it is kept by the reader's own browser alone. */
const previewCaching = 'private, max-age=600';

/** What anybody may ask of the stored editions: a search, and what a filter would have brought. */
export function searchRoutes(app: Hono, deps: ServePagesDeps): void {
  app.get('/search', (context) => search(context, deps));
  app.get('/filters/preview', async (context) => {
    const { text, position, backtest } = await previewFilter(context.req.query('q') ?? '', deps);
    // A half-typed filter is not a failed request: what is wrong with it is the answer.
    return context.json({ text, ...(position !== undefined && { position }), ...backtest }, 200, {
      'Cache-Control': previewCaching,
    });
  });
}

async function search(context: Context, deps: ServePagesDeps) {
  const { archives, publishHour, pagesUrl, now: clock } = deps;
  const now = clock();
  const newest = await archives.newestDate(dateOf(now));
  if (newest === undefined) {
    const advice = 'No edition has come out in the last seven days. Please come back when there is one.';
    return context.html(<AdvicePage title="Nothing to search at the moment" advice={advice} />);
  }
  const { fields, errors, isUsual, search: asked } = readSearch(context.req.query(), newest);
  const spell = spellingIn(fields.q);
  const notes = asked ? readingNotes(fields.q, asked.filter, deps.categories) : [];
  const found = asked && (await resultOf(asked, spell, dateOf(now), deps));
  const result = found && { ...found, notes: [...notes, ...found.notes] };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  const form = { fields, errors, isUsual };
  const page = <SearchPage {...form} pagesUrl={pagesUrl} newest={newest} time={{ now, publishHour }} result={result} />;
  return context.html(page, status);
}

async function resultOf(
  search: ArchiveSearch,
  spell: Spelling,
  today: CalendarDate,
  { archives, editions }: Pick<ServePagesDeps, 'archives' | 'editions'>,
): Promise<SearchResult> {
  const { span } = search;
  const [archive, withdrawnIds] = await Promise.all([archives.holding(span, today), editions.withdrawn()]);
  const withdrawn = new Set(withdrawnIds);
  if (!archive) return { span, found: { total: 0, page: 1, pages: 1, papers: [] }, looser: [], withdrawn, notes: [] };
  await archive.prepareFor(compileFilter(search.filter));
  const { places, ...page } = searchArchive(archive.index, search);
  const papers = explainFound(archive.index, search.filter, await archive.papersAt(places));
  const found = { ...page, papers };
  if (found.total > 0) return { span, found, looser: [], withdrawn, notes: [] };
  const missing = describeMissing(archive.index, search.filter, spell);
  const looser = looserSearches(archive.index, search, spell);
  return { span, found, looser, withdrawn, notes: missing === undefined ? [] : [missing] };
}
