import type { LoadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { openingLine } from '../../../shared/delivery/opening-line.js';
import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { bestUnseen, choosePapers } from '../../../shared/domain/edition/choose-papers.js';
import { withKnown } from '../../../shared/domain/edition/seen-places.js';
import type { CompiledFilter } from '../../../shared/domain/filter/compile-filter.js';
import {
  choiceLimits,
  type FormFields,
  filterProblem,
  ownFiltersOf,
  valuesOf,
} from '../../../shared/domain/subscriber/own-filters.js';
import { periodOf, readDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { LikenessChoice } from '../../../shared/domain/subscriber/subscriber.js';
import { tickedValues } from '../../../shared/domain/subscriber/subscription-form.js';
import { type FilterTopic, resolveTopics, type Topic } from '../../../shared/domain/subscriber/topic.js';
import { cutTo } from '../../../shared/domain/text/shorten.js';
import type { DigestPreview } from '../../../shared/mail/digest/compose-digest.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { LoadDay } from '../day/remembered-days.js';
import type { Publisher } from '../frame/pages/privacy-page.js';
import { type SpellingDeps, spelledOut } from '../subscribe/spelled-out.js';

export interface PreviewDigestDeps extends SpellingDeps {
  readonly editions: Pick<EditionRepository, 'newestDate'>;
  readonly loadDay: LoadDay;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}

/** A form as it was sent, what its sender has learned topics of, and what they leave out. */
interface AskedPreview {
  readonly sent: FormFields;
  readonly learned: readonly LikenessChoice[];
  readonly never: readonly CompiledFilter[];
}

interface PreviewedDigest {
  readonly preview: DigestPreview;
  readonly edition: LoadedEdition;
}

/**
 * The digest that a form's choices would bring of the newest edition; `undefined` while there is none. What is half typed
 * or wrong is left out, and no more filters are looked at than one person may have.
 */
export async function previewDigest(
  { sent, learned, never }: AskedPreview,
  deps: PreviewDigestDeps,
): Promise<PreviewedDigest | undefined> {
  const newest = await deps.editions.newestDate(dateOf(deps.now()));
  const edition = newest && (await deps.loadDay(newest));
  if (!edition) return undefined;
  const { fields } = spelledOut(sent, deps, learned.length);
  const period = periodIn(fields);
  const indexed = period === 'week' ? edition.week : edition.indexed;
  const topics = [...topicsIn(fields, deps.catalogue), ...resolveTopics(learned, deps.catalogue).topics];
  const choice = { topics, seen: withKnown([], learned), never, maxPapers: maxPapersIn(fields) };
  await edition.readyFor(topics);
  const chosen = choosePapers(indexed, choice);
  const isQuiet = chosen.papers.length === 0 && isTicked(fields, 'quietDays');
  const content = isQuiet ? { kind: 'best-unseen' as const, papers: bestUnseen(indexed, choice), matched: 0 } : chosen;
  const preview = {
    edition: edition.date,
    period,
    papers: content.papers.map(({ ranked, reasons }) => ({ ...ranked, reasons })),
    editionSize: indexed.edition.papers.length,
    dayLine: openingLine(content, indexed.edition, period),
    matched: content.matched,
    editionUrl: `/editions/${edition.date}`,
    orderUrl: '/how',
    sender: deps.publisher.sender,
    postalAddress: deps.publisher.postalAddress,
    aiSummaries: !isTicked(fields, 'aiSummaries'),
  };
  return { preview, edition };
}

const one = (fields: FormFields, name: string) => valuesOf(fields, name)[0] ?? '';

function isTicked(fields: FormFields, name: keyof typeof tickedValues): boolean {
  return one(fields, name) === tickedValues[name];
}

function periodIn(fields: FormFields) {
  const days = readDays({ kind: one(fields, 'days'), on: valuesOf(fields, 'day'), weeklyOn: one(fields, 'weekDay') });
  return periodOf(days.ok ? days.days : undefined);
}

function maxPapersIn(fields: FormFields): number {
  const typed = one(fields, 'maxPapers').trim();
  const wanted = /^\d{1,2}$/.test(typed) ? Number(typed) : 10;
  return Math.min(Math.max(1, wanted), choiceLimits.papers);
}

function topicsIn(fields: FormFields, catalogue: readonly FilterTopic[]): readonly Topic[] {
  const { ownFilters, nameCharacters } = choiceLimits;
  const own = ownFiltersOf(fields)
    .filter(({ filter }) => filter.trim() !== '')
    .slice(0, ownFilters)
    .filter(({ filter }) => filterProblem(filter) === undefined)
    .map(({ name, filter }) => ({ name: name.trim() || cutTo(filter.trim(), nameCharacters), filter }));
  const known = new Set(catalogue.map(({ id }) => id));
  const ids = [...new Set(valuesOf(fields, 'topic'))].filter((id) => known.has(id));
  return resolveTopics([...ids.map((catalogueId) => ({ catalogueId })), ...own], catalogue).topics;
}
