import type { ScorePart, TrendScore } from './trend-score.js';

const nouns = {
  upvotes: ['upvote', 'upvotes'],
  comments: ['comment', 'comments'],
  stars: ['GitHub star', 'GitHub stars'],
} as const;

function describeTime(hours: number): string {
  if (hours < 48) return `${Math.round(hours)} h`;
  return `${Math.round(hours / 24)} days`;
}

function describePart({ signal, gained, hours }: ScorePart): string {
  return `+${gained.toLocaleString('en-US')} ${nouns[signal][gained === 1 ? 0 : 1]} in ${describeTime(hours)}`;
}

/** A score's parts in words, the weightiest first: `+48 upvotes in 9 h`. Empty for a paper that has not risen yet. */
export function describeRise(score: TrendScore): string[] {
  return [...score.parts].sort((a, b) => b.points - a.points).map(describePart);
}
