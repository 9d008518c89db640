/** What a ranking predicts for one paper, and what came true. Neither is NaN. */
export interface Judged {
  readonly predicted: number;
  readonly truth: number;
}

interface TieGroup {
  readonly from: number;
  readonly members: readonly number[];
}

/** The indices of equal values together, the highest value first; `from` is the group's first place, from 0. */
function tieGroups(values: readonly number[]): TieGroup[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const groups: { from: number; members: number[] }[] = [];
  for (const [place, index] of order.entries()) {
    const last = groups.at(-1);
    if (last && values[last.members[0] ?? 0] === values[index]) last.members.push(index);
    else groups.push({ from: place, members: [index] });
  }
  return groups;
}

/** The mean of `atPlace` over the places of each value's ties, by value. */
export function overTies(values: readonly number[], atPlace: (place: number) => number): number[] {
  const means = values.map(() => 0);
  for (const { from, members } of tieGroups(values)) {
    const sum = members.reduce((total, _, step) => total + atPlace(from + step), 0);
    for (const index of members) means[index] = sum / members.length;
  }
  return means;
}

const predicted = (pool: readonly Judged[]) => pool.map((judged) => judged.predicted);
const truth = (pool: readonly Judged[]) => pool.map((judged) => judged.truth);

/** Share of the true first `k` among the predicted first `k`, ties of both averaged over their orders. */
export function precisionAt(k: number, pool: readonly Judged[]): number {
  const isTop = (place: number) => Number(place < k);
  const trulyTop = overTies(truth(pool), isTop);
  const overlap = overTies(predicted(pool), isTop).reduce((sum, top, index) => sum + top * (trulyTop[index] ?? 0), 0);
  return overlap / Math.min(k, pool.length);
}

/** Normalised discounted cumulative gain, `Σ truth / log2(place + 2)`; undefined when nothing is gained. */
export function ndcgAt(k: number, pool: readonly Judged[]): number | undefined {
  const discount = (place: number) => (place < k ? 1 / Math.log2(place + 2) : 0);
  const gains = truth(pool);
  const gainOf = (values: readonly number[]) =>
    overTies(values, discount).reduce((sum, weight, index) => sum + weight * (gains[index] ?? 0), 0);
  const ideal = gainOf(gains);
  return ideal === 0 ? undefined : gainOf(predicted(pool)) / ideal;
}
