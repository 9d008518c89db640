import type { RankedPaper } from '../edition/edition.js';
import type { ScorePart, TrendScore } from './trend-score.js';

const nouns = {
  upvotes: ['upvote', 'upvotes'],
  comments: ['comment', 'comments'],
  stars: ['GitHub star', 'GitHub stars'],
} as const;

/** The least factor worth mentioning when a gain is compared with its cohort. */
const notable = 1.5;

function describeTime(hours: number): string {
  if (hours < 48) return `${Math.round(hours)} h`;
  return `${Math.round(hours / 24)} days`;
}

function describePart(part: ScorePart): string {
  if (part.signal === 'submitter') return `ranked lower: paper ${part.place} by the same submitter`;
  const { signal, gained, hours, standing, timesCohort = 0 } = part;
  const count = gained > 0 ? gained : (standing ?? 0);
  const counted = `${count.toLocaleString('en-US')} ${nouns[signal][count === 1 ? 0 : 1]}`;
  if (gained === 0) return counted;
  const compared = timesCohort < notable ? '' : `, ${timesCohort.toFixed(1)}× that day’s average`;
  return `+${counted} in ${describeTime(hours)}${compared}`;
}

/** A score's parts in words, the weightiest first, such as `+48 upvotes in 9 h`; none for one that has not risen. */
export function describeRise(score: TrendScore): string[] {
  return [...score.parts].sort((a, b) => b.points - a.points).map(describePart);
}

/** Why a paper is ranked where it is, with the word that introduces it; no words for a paper that has not risen yet. */
export function describeRank({ score, lane }: Pick<RankedPaper, 'score' | 'lane'>) {
  const words = describeRise(score);
  if (lane === undefined) return { label: 'Rising', words } as const;
  return { label: 'Resurfaced', words: words.length > 0 ? words : ['its code was published'] } as const;
}
