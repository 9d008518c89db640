import type { RankedPaper } from '../edition/edition.js';

/** Of one submitter at most this many papers … */
const papersPerSubmitter = 2;

/** … may be among this many at the top. */
const topPlaces = 10;

function heldBack(ranked: RankedPaper, most: number, place: number): RankedPaper {
  const { value, parts } = ranked.score;
  const points = Math.min(0, most - value);
  return {
    ...ranked,
    score: { value: Math.min(value, most), parts: [...parts, { signal: 'submitter', points, place }] },
  };
}

/** As which paper of its submitter a paper was held back; 0 when it was not. */
export function heldBackPlace({ score }: RankedPaper): number {
  return score.parts.find((part) => part.signal === 'submitter')?.place ?? 0;
}

/**
 * Holds back the third and later papers of one submitter that would be among the first ten: their score falls to that
 * of the tenth of the others, after which they rank, the best first. Takes papers in rank order and returns them in no
 * particular order.
 */
export function capSubmitters(papers: readonly RankedPaper[]): readonly RankedPaper[] {
  const placed: RankedPaper[] = [];
  const waiting: { ranked: RankedPaper; place: number }[] = [];
  const counts = new Map<string, number>();
  let next = 0;
  for (; next < papers.length && placed.length < topPlaces; next += 1) {
    const ranked = papers[next] as RankedPaper;
    const { submitter } = ranked.paper;
    const place = submitter === undefined ? 1 : (counts.get(submitter) ?? 0) + 1;
    if (submitter !== undefined) counts.set(submitter, place);
    if (place <= papersPerSubmitter) placed.push(ranked);
    else waiting.push({ ranked, place });
  }
  const most = placed.at(-1)?.score.value ?? 0;
  return [...placed, ...waiting.map(({ ranked, place }) => heldBack(ranked, most, place)), ...papers.slice(next)];
}
