import type { RankedPaper } from '../edition/edition.js';
import type { ScorePart, SignalPart } from './trend-score.js';

/** The mean of fewer papers says nothing. */
const fewestPapers = 5;

const upvotesOf = ({ score }: RankedPaper) =>
  score.parts.find((part): part is SignalPart => part.signal === 'upvotes')?.gained ?? 0;

/**
 * Says of each paper's gain in upvotes how many times the mean of its cohort it is: the papers first listed on the same
 * day. It explains the score and does not change it.
 */
export function compareWithCohorts(papers: readonly RankedPaper[]): readonly RankedPaper[] {
  const cohorts = new Map<string, { sum: number; papers: number }>();
  for (const ranked of papers) {
    const [listed] = ranked.paper.listedDays;
    if (listed === undefined) continue;
    const { sum, papers: count } = cohorts.get(listed) ?? { sum: 0, papers: 0 };
    cohorts.set(listed, { sum: sum + upvotesOf(ranked), papers: count + 1 });
  }
  return papers.map((ranked) => {
    const cohort = cohorts.get(ranked.paper.listedDays[0] ?? '');
    if (!cohort || cohort.papers < fewestPapers || cohort.sum === 0) return ranked;
    const mean = cohort.sum / cohort.papers;
    const compared = (part: ScorePart) =>
      part.signal === 'upvotes' ? { ...part, timesCohort: part.gained / mean } : part;
    return { ...ranked, score: { ...ranked.score, parts: ranked.score.parts.map(compared) } };
  });
}
