import type { CalendarDate, Instant } from '../../../shared/domain/calendar-date.js';
import type { TopicCounts } from '../../../shared/domain/edition/backtest.js';
import {
  choiceLimits,
  type FormFields,
  ownFiltersOf,
  valuesOf,
} from '../../../shared/domain/subscriber/own-filters.js';
import { type TypedDays, typedDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { OwnTopic, SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { tickedValues } from '../../../shared/domain/subscriber/subscription-form.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { Archives } from '../editions/remembered-editions.js';
import { previewFilter } from '../search/preview-filter.js';

/** What the sign-up form abbreviates. */
interface FollowedValues {
  readonly groups: readonly string[];
  readonly categories: readonly string[];
  readonly authors: string;
  readonly organisations: string;
}

const nobody: FollowedValues = { groups: [], categories: [], authors: '', organisations: '' };

/** What a form shows in its fields, as text. */
export interface FormValues {
  readonly address: string;
  /** Ids of the catalogue. */
  readonly topics: readonly string[];
  /** What only the sign-up form has, as it was sent. */
  readonly followed: FollowedValues;
  /** Papers that are named on the sign-up form, as they were sent. */
  readonly papers: string;
  /** At least one, which may be empty. */
  readonly filters: readonly OwnTopic[];
  readonly hour: string;
  readonly timezone: string;
  readonly days: TypedDays;
  readonly maxPapers: string;
  /** What each box sends, empty where it is not ticked. */
  readonly aiSummaries: string;
  readonly quietDays: string;
}

const noFilter: OwnTopic = { name: '', filter: '' };

/** A form that nobody has touched. */
export const untouched: FormValues = {
  address: '',
  topics: [],
  followed: nobody,
  papers: '',
  filters: [noFilter],
  hour: '7',
  timezone: '',
  days: typedDays(undefined),
  maxPapers: '10',
  aiSummaries: '',
  quietDays: '',
};

/** What was sent, to be shown again. */
export function sentValues(fields: FormFields): FormValues {
  const one = (name: string) => valuesOf(fields, name)[0] ?? '';
  const filters = ownFiltersOf(fields);
  return {
    address: one('address'),
    topics: valuesOf(fields, 'topic'),
    followed: {
      groups: valuesOf(fields, 'group'),
      categories: valuesOf(fields, 'category'),
      authors: valuesOf(fields, 'authors').join(', '),
      organisations: valuesOf(fields, 'organisations').join(', '),
    },
    papers: one('papers'),
    filters: filters.length > 0 ? filters : [noFilter],
    hour: one('hour'),
    timezone: one('timezone'),
    days: { kind: one('days'), on: valuesOf(fields, 'day'), weeklyOn: one('weekDay') },
    maxPapers: one('maxPapers'),
    aiSummaries: one('aiSummaries'),
    quietDays: one('quietDays'),
  };
}

/** What a subscriber has chosen, with an empty filter to add one; without the address. */
export function chosenValues(profile: SubscriberProfile): FormValues {
  const own = profile.topics.flatMap((choice) => ('filter' in choice ? [choice] : []));
  return {
    address: '',
    topics: profile.topics.flatMap((choice) => ('catalogueId' in choice ? [choice.catalogueId] : [])),
    followed: nobody,
    papers: '',
    filters: [...own, noFilter],
    hour: String(profile.hour),
    timezone: profile.timeZone,
    days: typedDays(profile.days),
    maxPapers: String(profile.maxPapers),
    aiSummaries: profile.aiSummaries === false ? tickedValues.aiSummaries : '',
    quietDays: profile.quietDays ?? '',
  };
}

/** What a form says about the 30 days up to the newest edition, or so many of them as there are. */
export interface FormFigures {
  /** How many papers each topic of the catalogue matched; empty before the first edition. */
  readonly topicCounts: TopicCounts;
  /** The last of the days that `topicCounts` is about. */
  readonly countedTo: CalendarDate | undefined;
  /** How many days those are. */
  readonly countedDays: number;
  /** What each own filter would have brought, in words; empty where it was not tried. */
  readonly filterNotes: readonly string[];
  /** The same for what the sign-up form makes of names and categories, where there is something to say. */
  readonly followedNotes: readonly FollowedNote[];
}

/** What a filter would have brought that the form made of `name`. */
export interface FollowedNote {
  readonly name: string;
  readonly note: string;
}

/** Filters to be tried: those that were written, and those that the form made of names and categories. */
export interface TriedFilters {
  readonly own: readonly OwnTopic[];
  readonly followed: readonly OwnTopic[];
}

interface FormFiguresDeps {
  readonly editions: Pick<EditionRepository, 'topicCounts'>;
  readonly archives: Pick<Archives, 'lastDays' | 'coveredDays'>;
  readonly categories: readonly string[];
  readonly now: () => Instant;
}

interface AskedFigures {
  /** The date of the edition that the pages show as the newest. */
  readonly newest: CalendarDate | undefined;
  readonly tried: TriedFilters | undefined;
}

const none: TriedFilters = { own: [], followed: [] };

/**
 * Looks up the counts, which were made with the newest edition, and tries those filters that are given and valid, no
 * more than one person may have.
 */
export async function formFigures({ newest, tried = none }: AskedFigures, deps: FormFiguresDeps): Promise<FormFigures> {
  const topicCounts = newest && (await deps.editions.topicCounts(newest));
  const countedDays = topicCounts ? await deps.archives.coveredDays(newest) : 0;
  const notes = await triedNotes([...tried.own, ...tried.followed], deps);
  const said = notes.slice(tried.own.length);
  return {
    topicCounts: topicCounts ?? {},
    countedTo: topicCounts && newest,
    countedDays,
    filterNotes: notes.slice(0, tried.own.length),
    followedNotes: tried.followed
      .map(({ name }, index) => ({ name, note: said[index] ?? '' }))
      .filter(({ note }) => note),
  };
}

/** A note for each filter, empty where there is nothing to say; the archive is looked up once for all of them. */
async function triedNotes(filters: readonly OwnTopic[], { archives, ...deps }: FormFiguresDeps): Promise<string[]> {
  const written = filters.filter(({ filter }) => filter.trim() !== '').slice(0, choiceLimits.ownFilters);
  let archive: ReturnType<Archives['lastDays']> | undefined;
  const once: Pick<Archives, 'lastDays'> = {
    lastDays: (today) => {
      archive ??= archives.lastDays(today, written.length);
      return archive;
    },
  };
  const notes: string[] = [];
  for (const own of filters) {
    const { text, backtest } = await previewFilter(written.includes(own) ? own.filter : '', {
      ...deps,
      archives: once,
    });
    notes.push(backtest ? text : '');
  }
  return notes;
}
