import type { Hindsight, RankingFigures } from '../../shared/domain/edition/hindsight.js';

const figure = (value: number | undefined) => value?.toFixed(2) ?? 'not known';
const precisions = ({ p3, p5, p10 }: RankingFigures) => [p3, p5, p10].map(figure).join('/');

/** An edition's hindsight in one line for the admin. */
export function describeHindsight({ date, ours, rawUpvotes, biggestMiss: miss }: Hindsight): string {
  if (!ours) return `hindsight of ${date}: no upvote was seen after it came out`;
  const figures = `NDCG@10 ${figure(ours.ndcg10)} (raw upvotes ${figure(rawUpvotes?.ndcg10)}), p@3/5/10 ${precisions(ours)}`;
  return `hindsight of ${date}: ${figures}${miss ? `; missed ${miss.id}, place ${miss.place}, later ${miss.placeLater}` : ''}`;
}
