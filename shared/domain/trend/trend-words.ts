import type { CalendarDate } from '../calendar-date.js';
import type { RankedPaper } from '../edition/edition.js';
import type { ScorePart, SignalPart } from './trend-score.js';

const nouns = {
  upvotes: ['upvote', 'upvotes'],
  comments: ['comment', 'comments'],
  stars: ['star', 'stars'],
} as const;

/** The least factor worth mentioning when a gain is compared with its cohort. */
const notable = 1.5;

/** From so many hours on, a time is told in days. */
const daysFrom = 48;

/** How a paper rises, in words. */
interface RiseWords {
  readonly label: 'Rising' | 'First day' | 'Resurfaced';
  /** What it gained, the weightiest first, such as `+48 upvotes in 9 h`; empty if nothing is known to have changed. */
  readonly gains: readonly string[];
  /** How much there is in all, such as `138 stars`, where the gains do not say the same. */
  readonly totals: readonly string[];
}

type Ranked = Pick<RankedPaper, 'score' | 'lane' | 'counts' | 'curve'> & {
  readonly paper: Pick<RankedPaper['paper'], 'listedDays' | 'codeSince'>;
};

/**
 * How a paper rises, for its readers: nothing of what ranks it. `on` is the day of the edition, which lets a paper's
 * first day on the list be named. The first of the totals is the last value of the paper's curve, if it has one.
 */
export function describeRise(ranked: Ranked, on?: CalendarDate): RiseWords {
  const rises = ranked.score.parts.filter(isGain).sort((a, b) => b.points - a.points);
  const isFirstDay = on !== undefined && ranked.paper.listedDays[0] === on;
  const gains = rises.map(describeGain);
  const totals = describeTotals(ranked, rises);
  if (ranked.lane === undefined) return { label: isFirstDay ? 'First day' : 'Rising', gains, totals };
  // Only a rise or new code brings an old paper back.
  const isForCode = gains.length === 0 && (ranked.score.value === 0 || ranked.paper.codeSince !== undefined);
  return { label: 'Resurfaced', gains: isForCode ? ['its code was published'] : gains, totals };
}

const isGain = (part: ScorePart): part is SignalPart => part.signal !== 'submitter' && part.gained > 0;

function describeGain({ signal, gained, hours, timesCohort = 0 }: SignalPart): string {
  // Beside a gain over days, nobody could tell which day “that day” is.
  const average = hours < daysFrom ? "that day's average" : 'the average of papers listed that day';
  const compared = timesCohort < notable ? '' : `, ${timesCohort.toFixed(1)}× ${average}`;
  return `+${counted(signal, gained)} in ${describeTime(hours)}${compared}`;
}

function counted(signal: SignalPart['signal'], count: number): string {
  return `${grouped(count)} ${nouns[signal][count === 1 ? 0 : 1]}`;
}

/** As English writes it. Node takes ten milliseconds to learn how, which small whole numbers need not wait for. */
function grouped(count: number): string {
  return Number.isInteger(count) && Math.abs(count) < 1000 ? String(count) : count.toLocaleString('en-US');
}

function describeTime(hours: number): string {
  if (hours < daysFrom) return `${Math.round(hours)} h`;
  return `${Math.round(hours / 24)} days`;
}

function describeTotals({ counts, curve }: Ranked, rises: readonly SignalPart[]): string[] {
  const gained = (signal: string) => rises.find((part) => part.signal === signal)?.gained;
  const { upvotes = 0, stars = 0 } = counts;
  const last = curve?.at(-1);
  return [
    ...(last !== undefined ? [counted('upvotes', last)] : []),
    ...(last === undefined && upvotes > 0 && upvotes !== gained('upvotes') ? [counted('upvotes', upvotes)] : []),
    ...(stars > 0 && stars !== gained('stars') ? [counted('stars', stars)] : []),
  ];
}
