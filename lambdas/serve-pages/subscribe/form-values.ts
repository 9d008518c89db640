import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { TopicCounts } from '../../../shared/domain/edition/backtest.js';
import type { OwnTopic, SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { type FormFields, ownFiltersOf, valuesOf } from '../../../shared/domain/subscriber/subscription-form.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { Archives } from '../editions/remembered-editions.js';
import { previewFilter } from '../search/preview-filter.js';

/** What a form shows in its fields, as text. */
export interface FormValues {
  readonly address: string;
  /** Ids of the catalogue. */
  readonly topics: readonly string[];
  /** At least one, which may be empty. */
  readonly filters: readonly OwnTopic[];
  readonly hour: string;
  readonly timezone: string;
  readonly maxPapers: string;
}

const noFilter: OwnTopic = { name: '', filter: '' };

/** A form that nobody has touched. */
export const untouched: FormValues = {
  address: '',
  topics: [],
  filters: [noFilter],
  hour: '7',
  timezone: '',
  maxPapers: '10',
};

/** What was sent, to be shown again. */
export function sentValues(fields: FormFields): FormValues {
  const one = (name: string) => valuesOf(fields, name)[0] ?? '';
  const filters = ownFiltersOf(fields);
  return {
    address: one('address'),
    topics: valuesOf(fields, 'topic'),
    filters: filters.length > 0 ? filters : [noFilter],
    hour: one('hour'),
    timezone: one('timezone'),
    maxPapers: one('maxPapers'),
  };
}

/** What a subscriber has chosen, with an empty filter to add one; without the address. */
export function chosenValues(profile: SubscriberProfile): FormValues {
  const own = profile.topics.flatMap((choice) => ('filter' in choice ? [choice] : []));
  return {
    address: '',
    topics: profile.topics.flatMap((choice) => ('catalogueId' in choice ? [choice.catalogueId] : [])),
    filters: [...own, noFilter],
    hour: String(profile.hour),
    timezone: profile.timeZone,
    maxPapers: String(profile.maxPapers),
  };
}

/** What a form says about the last 30 days. */
export interface FormFigures {
  /** How many papers each topic of the catalogue matched; empty before the first edition. */
  readonly topicCounts: TopicCounts;
  /** What each own filter would have brought, in words; empty where it was not tried. */
  readonly filterNotes: readonly string[];
}

export interface FormFiguresDeps {
  readonly editions: Pick<EditionRepository, 'newestTopicCounts'>;
  readonly archives: Pick<Archives, 'lastDays'>;
  readonly categories: readonly string[];
  readonly now: () => Instant;
}

/** Looks up the counts, which were made with the edition, and tries those filters that are given and valid. */
export async function formFigures(deps: FormFiguresDeps, tried: readonly OwnTopic[] = []): Promise<FormFigures> {
  const topicCounts = (await deps.editions.newestTopicCounts(dateOf(deps.now()))) ?? {};
  const filterNotes: string[] = [];
  for (const { filter } of tried) {
    const { text, backtest } = await previewFilter(filter, deps);
    filterNotes.push(backtest ? text : '');
  }
  return { topicCounts, filterNotes };
}
