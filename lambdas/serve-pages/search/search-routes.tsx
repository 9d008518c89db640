import type { Context, Hono } from 'hono';
import { dateOf } from '../../../shared/domain/calendar-date.js';
import { type ArchiveSearch, looserSearches, searchArchive } from '../../../shared/domain/edition/search-archive.js';
import type { Spelling } from '../../../shared/domain/filter/filter.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import { AdvicePage } from '../frame/pages/message-page.js';
import { SearchPage } from './pages/search-page.js';
import { type PreviewFilterDeps, previewFilter } from './preview-filter.js';
import { readSearch } from './read-search.js';
import type { Archives } from './remembered-archives.js';

export interface SearchRoutesDeps extends PreviewFilterDeps {
  readonly archives: Archives;
}

/** The answer to one filter changes with the next edition only; it is the reader's own and kept by their browser alone. */
const previewCaching = 'private, max-age=600';

/** What everybody may ask of the stored editions: a search, and what a filter would have brought. */
export function searchRoutes(app: Hono, deps: SearchRoutesDeps): void {
  app.get('/search', (context) => search(context, deps));
  app.get('/filters/preview', async (context) => {
    const { text, position, backtest } = await previewFilter(context.req.query('q') ?? '', deps);
    // A half-typed filter is no failed request: what is wrong with it is the answer.
    return context.json({ text, ...(position !== undefined && { position }), ...backtest }, 200, {
      'Cache-Control': previewCaching,
    });
  });
}

async function search(context: Context, deps: SearchRoutesDeps) {
  const today = dateOf(deps.now());
  const newest = await deps.archives.newestDate(today);
  if (newest === undefined) {
    const advice = 'There is no edition to search yet: the first one comes soon.';
    return context.html(<AdvicePage title="Nothing to search yet" advice={advice} />);
  }
  const { fields, errors, search: asked } = readSearch(context.req.query(), newest);
  const result = asked && (await resultOf(asked, spellingIn(fields.q), deps));
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return context.html(<SearchPage fields={fields} errors={errors} result={result} />, status);
}

async function resultOf(search: ArchiveSearch, spell: Spelling, { archives, now }: SearchRoutesDeps) {
  const { span } = search;
  const archive = await archives.holding(span, dateOf(now()));
  if (!archive) return { span, found: { total: 0, page: 1, pages: 1, papers: [] }, looser: [] };
  const found = searchArchive(archive, search);
  return { span, found, looser: found.total === 0 ? looserSearches(archive, search, spell) : [] };
}
