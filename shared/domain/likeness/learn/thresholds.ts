/** The share of all papers that belongs to a topic at each strictness after the first, up to more and wider. */
const shares = [0.005, 0.01, 0.02, 0.04];

/**
 * The least scores of a topic's papers at each strictness, given those of the background's papers that are no examples, and
 * how many of them are sure: half way to the next lower score, so that weights may be packed less exactly.
 */
export function thresholdsOf(scores: Float64Array, sure: number): readonly number[] {
  const ranked = scores.toSorted().reverse();
  const at = (place: number) => {
    const least = ranked[place] ?? Number.POSITIVE_INFINITY;
    const next = ranked.find((score) => score < least) ?? least;
    return (least + next) / 2;
  };
  const strictest = sure > 0 ? at(sure - 1) : Number.POSITIVE_INFINITY;
  return [strictest, ...shares.map((share) => Math.min(at(Math.floor(share * ranked.length)), strictest))];
}
