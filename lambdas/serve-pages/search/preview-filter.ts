import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { type Backtest, backtest, describeBacktest } from '../../../shared/domain/edition/backtest.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import { filterProblem } from '../../../shared/domain/subscriber/subscription-form.js';
import type { Archives } from '../editions/remembered-editions.js';

export interface PreviewFilterDeps {
  readonly archives: Pick<Archives, 'lastDays'>;
  readonly now: () => Instant;
}

/**
 * What a filter would have brought in the last 30 days: `text` says it, or what is wrong and, counted from 1, where.
 */
export interface FilterPreview {
  readonly text: string;
  readonly position?: number;
  readonly backtest?: Backtest;
}

/** Tries a filter; blank text is no filter, and nothing is said about it, nor about any before the first edition. */
export async function previewFilter(text: string, { archives, now }: PreviewFilterDeps): Promise<FilterPreview> {
  if (text.trim() === '') return { text: '' };
  const problem = filterProblem(text);
  const parsed = parseFilter(text);
  if (problem !== undefined || !parsed.ok) {
    return { text: problem ?? '', ...(!parsed.ok && { position: parsed.error.position }) };
  }
  const archive = await archives.lastDays(dateOf(now()));
  if (!archive) return { text: '' };
  const tried = backtest(archive, parsed.filter, spellingIn(text));
  return { text: describeBacktest(tried), backtest: tried };
}
