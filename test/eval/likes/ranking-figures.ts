import { ndcgAt, overTies } from '../../../shared/domain/edition/ranking-metrics.js';

/** What is right, by place, and how a method scores it. */
export interface Ranked {
  readonly isRight: readonly boolean[];
  readonly scores: readonly number[];
}

/** The share of the pairs of a right one and a wrong one in which the right one scores higher. */
export function areaUnderCurve({ isRight, scores }: Ranked): number {
  const ranks = overTies(scores, (place) => place);
  const right = isRight.filter((is) => is).length;
  const wrong = isRight.length - right;
  const sum = ranks.reduce((total, rank, index) => total + (isRight[index] ? rank : 0), 0);
  return 1 - (sum - (right * (right - 1)) / 2) / (right * wrong);
}

/** Normalised discounted cumulative gain among the first ten. */
export function ndcgOfTen({ isRight, scores }: Ranked): number {
  return (
    ndcgAt(
      10,
      scores.map((predicted, index) => ({ predicted, truth: isRight[index] ? 1 : 0 })),
    ) ?? 0
  );
}

/** The mean, over what is right, of the share of it that is right so far; and the share of the first ten. */
export function averagePrecision({ isRight, scores }: Ranked): { readonly ap: number; readonly p10: number } {
  const order = scores.map((_, index) => index).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
  let right = 0;
  let sum = 0;
  let first = 0;
  for (const [place, index] of order.entries()) {
    if (!isRight[index]) continue;
    right += 1;
    sum += right / (place + 1);
    if (place < 10) first += 1;
  }
  return { ap: right === 0 ? 0 : sum / right, p10: first / 10 };
}

/** The mean of what each gives; NaN of none. */
export function meanOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}

/** To four digits, as evaluations print it; null for no number. */
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(4)) : null;
}
