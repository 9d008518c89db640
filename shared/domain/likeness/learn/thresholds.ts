/** The share of all papers that belongs to a topic at each strictness, from few and sure to more and wider. */
const shares = [0.0025, 0.005, 0.01, 0.02, 0.04];

/**
 * The least scores of a topic's papers at each strictness, given those of the background's papers: half way to the next lower
 * score, so that weights may be packed less exactly.
 */
export function thresholdsOf(scores: readonly number[]): readonly number[] {
  const ranked = scores.toSorted((one, other) => other - one);
  return shares.map((share) => {
    const least = ranked[Math.floor(share * ranked.length)] ?? Number.POSITIVE_INFINITY;
    const next = ranked.find((score) => score < least) ?? least;
    return (least + next) / 2;
  });
}
