import { dateOf } from '../../../shared/domain/calendar-date.js';
import type { TopicCounts } from '../../../shared/domain/edition/backtest.js';
import type { OwnFilter } from '../../../shared/domain/subscriber/subscription-form.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import { type PreviewFilterDeps, previewFilter } from '../search/preview-filter.js';

/** What a form says of the last 30 days. */
export interface FormFigures {
  /** How many papers each topic of the catalogue matched; empty before the first edition. */
  readonly topicCounts: TopicCounts;
  /** What each own filter would have brought, in words; empty where it was not tried. */
  readonly filterNotes: readonly string[];
}

export interface FormFiguresDeps extends PreviewFilterDeps {
  readonly editions: Pick<EditionRepository, 'newestTopicCounts'>;
}

/** Looks up the counts, which were made with the edition, and tries those filters that are given and in order. */
export async function formFigures(deps: FormFiguresDeps, tried: readonly OwnFilter[] = []): Promise<FormFigures> {
  const topicCounts = (await deps.editions.newestTopicCounts(dateOf(deps.now()))) ?? {};
  const filterNotes: string[] = [];
  for (const { filter } of tried) {
    const { text, backtest } = await previewFilter(filter, deps);
    filterNotes.push(backtest ? text : '');
  }
  return { topicCounts, filterNotes };
}
