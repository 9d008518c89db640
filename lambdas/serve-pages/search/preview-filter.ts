import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { type Backtest, backtestOf, describeBacktest, tryFilter } from '../../../shared/domain/edition/backtest.js';
import { describeOutlook } from '../../../shared/domain/edition/filter-outlook.js';
import { compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import { isArxivCategory, unreadCategoriesNote } from '../../../shared/domain/filter/read/categories.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { readingOf } from '../../../shared/domain/filter/read/reading.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import { filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import type { Archives } from '../editions/remembered-editions.js';

export interface PreviewFilterDeps {
  readonly archives: Pick<Archives, 'lastDays'>;
  /** arXiv categories that are read. */
  readonly categories: readonly string[];
  readonly now: () => Instant;
}

/**
 * What a filter would have brought in the last 30 days: `text` says it, with how the filter was read where that is not
 * plain to see and what keeps it from finding more where it finds little, or what is wrong and, counted from 1, where.
 */
export interface FilterPreview {
  readonly text: string;
  readonly position?: number;
  readonly backtest?: Backtest;
}

/** Tries a filter; blank text is no filter, and nothing is said about it, nor about any before the first edition. */
export async function previewFilter(
  text: string,
  { archives, categories, now }: PreviewFilterDeps,
): Promise<FilterPreview> {
  if (text.trim() === '') return { text: '' };
  const problem = filterProblem(text);
  const parsed = parseFilter(text, isArxivCategory);
  if (problem !== undefined || !parsed.ok) {
    return { text: problem ?? '', ...(!parsed.ok && { position: parsed.error.position }) };
  }
  const archive = await archives.lastDays(dateOf(now()));
  if (!archive) return { text: '' };
  const spell = spellingIn(text);
  await archive.prepareFor(compileFilter(parsed.filter));
  const found = tryFilter(archive.index, parsed.filter, spell);
  const tried = backtestOf(found, await archive.papersAt(found.samples));
  const outlook = describeOutlook(archive.index, parsed.filter, spell);
  const said = [...readingNotes(text, parsed.filter, categories), describeBacktest(tried), ...outlook];
  return { text: said.join(' '), backtest: tried };
}

/** How a filter was read, and which of its categories are not read; nothing where both are plain to see. */
export function readingNotes(text: string, filter: Filter, categories: readonly string[]): readonly string[] {
  const notes = [readingOf(text), unreadCategoriesNote(compileFilter(filter), categories)];
  return notes.filter((note) => note !== undefined);
}
