import { addDays, type CalendarDate, dateOf, dayMs, startOf } from '../calendar-date.js';
import type { Paper } from '../paper/paper.js';
import { dayInWords, weekdayOf } from '../text/day-in-words.js';
import type { Edition, EditionSource, RankedPaper } from './edition.js';
import { editionDays, firstEditionDay } from './rank-edition.js';

/**
 * What is true of the day, in one or two sentences: how many of the papers shown are new and how many are not, then which
 * source had nothing. `3 new since yesterday, 7 from earlier this week. Hugging Face listed nothing on Saturday.`
 */
export function dayLine(edition: Edition, papers: readonly Pick<RankedPaper, 'paper'>[]): string {
  return [...newsOf(edition, papers), ...factsOf(edition).sources].join(' ');
}

/** Which sources had nothing, or could not be reached, when an edition was published: one sentence, or none. */
export function sourceLine(edition: Edition): readonly string[] {
  const clauses = [...huggingFace(edition), ...arxiv(edition)];
  return clauses.length === 0 ? [] : [`${clauses.join('; ')}.`];
}

/** How long ago a paper was first listed or, for want of a list, first seen. */
type Age = 'new' | 'recent' | 'older';

/** What the lines of one edition have in common. */
interface EditionFacts {
  readonly sources: readonly string[];
  /** `since yesterday`. */
  readonly since: string;
  readonly firstDay: CalendarDate;
  /** The day on which the edition before was published. */
  readonly previousDay: CalendarDate | undefined;
  readonly monday: CalendarDate;
}

/** Worked out once for each edition: its weekdays cost more than all else that a line says. */
const known = new WeakMap<Edition, EditionFacts>();

function factsOf(edition: Edition): EditionFacts {
  const { date, previous } = edition;
  const facts = known.get(edition) ?? {
    sources: sourceLine(edition),
    since: previous ? `since ${dayBefore(previous.date, date)}` : 'today',
    firstDay: firstEditionDay(date),
    previousDay: previous && dateOf(previous.publishedAt),
    monday: addDays(date, -((new Date(startOf(date)).getUTCDay() + 6) % 7)),
  };
  known.set(edition, facts);
  return facts;
}

function newsOf(edition: Edition, papers: readonly Pick<RankedPaper, 'paper'>[]): string[] {
  if (papers.length === 0) return [];
  const facts = factsOf(edition);
  const { date, previous } = edition;
  const counts: Record<Age, number> = { new: 0, recent: 0, older: 0 };
  let isThisWeek = true;
  for (const { paper } of papers) {
    const first = firstDayOf(paper, edition);
    const age = ageOf(paper, first, edition, facts);
    counts[age] += 1;
    if (age === 'recent' && (first < facts.monday || first >= date)) isThisWeek = false;
  }
  const week = isThisWeek ? 'earlier this week' : 'the past week';
  const before = [
    ...(counts.recent > 0 ? [`${counts.recent} from ${week}`] : []),
    ...(counts.older > 0 ? [`${counts.older} older`] : []),
  ];
  if (counts.new === 0) return [`Nothing new ${facts.since}: ${before.join(', ')}.`];
  return [`${[`${counts.new} ${previous ? 'new' : 'listed'} ${facts.since}`, ...before].join(', ')}.`];
}

/**
 * New is what was first seen since the edition before, unless its list is older than that: then it was late to us, not to
 * the world. An edition that does not know the one before it goes by the lists alone.
 */
function ageOf(paper: Paper, first: CalendarDate, { date, previous }: Edition, facts: EditionFacts): Age {
  const isNew =
    previous && facts.previousDay !== undefined
      ? paper.firstSeenAt > previous.publishedAt && first >= facts.previousDay
      : first >= date;
  if (isNew) return 'new';
  return first >= facts.firstDay ? 'recent' : 'older';
}

/** The first day on whose list the paper was; one on no list counts from when it was first seen or, of old, published. */
function firstDayOf({ listedDays, firstSeenAt, publishedAt }: Paper, { previous }: Edition): CalendarDate {
  return listedDays[0] ?? dateOf(previous ? firstSeenAt : publishedAt);
}

/** A day before another as people call it: `yesterday`, a weekday, or the date where that would be a week or more ago. */
function dayBefore(day: CalendarDate, today: CalendarDate): string {
  const daysAgo = Math.round((startOf(today) - startOf(day)) / dayMs);
  if (daysAgo <= 1) return 'yesterday';
  return daysAgo < editionDays ? weekdayOf(day) : dayInWords(day);
}

const healthOf = ({ sources = [] }: Edition, source: EditionSource['source']) =>
  sources.find((health) => health.source === source);

function huggingFace(edition: Edition): string[] {
  // What was noted of its lists may be out of date by now.
  if (healthOf(edition, 'hugging-face')?.status === 'down') return ['Hugging Face could not be reached'];
  const listed = new Map(edition.days.map((day) => [day.date, day.listed]));
  const isEmpty = (daysAgo: number) => listed.get(addDays(edition.date, -daysAgo)) === 0;
  let empty = 0;
  while (isEmpty(empty + 1)) empty += 1;
  const ago = (days: number) => weekdayOf(addDays(edition.date, -days));
  const times = [
    ...(empty >= editionDays - 1 ? ['for six days'] : []),
    ...(empty > 2 && empty < editionDays - 1 ? [`from ${ago(empty)} to ${ago(1)}`] : []),
    ...(empty === 2 ? [`on ${ago(2)} or ${ago(1)}`] : []),
    ...(empty === 1 ? [`on ${ago(1)}`] : []),
    ...(isEmpty(0) ? ['yet today'] : []),
  ];
  if (empty >= editionDays - 1 && isEmpty(0)) return ['Hugging Face listed nothing all week'];
  return times.length === 0 ? [] : [`Hugging Face listed ${times.map((time) => `nothing ${time}`).join(' and ')}`];
}

/** It announces papers from Monday to Friday, early in the UTC day. */
const isWorkday = (date: CalendarDate) => ![0, 6].includes(new Date(startOf(date)).getUTCDay());

function arxiv(edition: Edition): string[] {
  const health = healthOf(edition, 'arxiv');
  if (health?.status === 'down') return ['arXiv could not be reached'];
  if (health?.newestDay === undefined) return [];
  if (health.status === 'stale')
    return [`arXiv has had nothing new since ${dayBefore(health.newestDay, edition.date)}`];
  return health.status === 'quiet' && isWorkday(edition.date) ? ['arXiv had nothing new yet today'] : [];
}
