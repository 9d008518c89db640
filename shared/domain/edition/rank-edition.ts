import { addDays, type CalendarDate, dayMs, type Instant, startOf } from '../calendar-date.js';
import { countsAt } from '../paper/observations.js';
import type { ObservedPaper } from '../paper/paper.js';
import { seenForDays } from '../subscriber/seen-papers.js';
import { upvoteCurve } from '../trend/curve.js';
import { currentFormula } from '../trend/formulas.js';
import { capSubmitters, heldBackPlace } from '../trend/submitter-cap.js';
import type { Formula, ScorePart, SignalPart } from '../trend/trend-score.js';
import type { Edition, ListedDay, RankedPaper } from './edition.js';
import { weekGainOf } from './week-order.js';

/** An edition looks back over this many days, including its own. */
export const editionDays = 7;

/** A paper published longer ago than this enters no edition, unless it resurfaces. */
const maxPaperAgeDays = 30;

/** The first day whose papers may be in the edition of `date`. */
export function firstEditionDay(date: CalendarDate): CalendarDate {
  return addDays(date, 1 - editionDays);
}

function place(observed: ObservedPaper, at: Instant, formula: Formula): RankedPaper {
  const curve = upvoteCurve(observed, at);
  return {
    paper: observed.paper,
    score: formula.score(observed, at),
    counts: countsAt(observed.history, at),
    ...(curve && { curve }),
    weekGain: weekGainOf(observed, at),
  };
}

/** Orders papers by score, then the newer first, then by id: no two are equal. */
export function byRank(a: RankedPaper, b: RankedPaper): number {
  return (
    b.score.value - a.score.value ||
    heldBackPlace(a) - heldBackPlace(b) ||
    b.paper.publishedAt - a.paper.publishedAt ||
    (a.paper.id < b.paper.id ? -1 : Number(a.paper.id > b.paper.id))
  );
}

/**
 * Ranks the papers of the last seven days into the edition of `date`: by score, then the newer first, then by id, so
 * that the order of `papers` does not matter. Withdrawn papers are left out, and so are those older than 30 days,
 * except for a tenth of the edition: those of up to 45 days that rise again or whose code has just appeared. At most two of one
 * submitter are among the first ten. Papers without any rise score 0 and come last.
 */
export function rankEdition(
  date: CalendarDate,
  papers: readonly ObservedPaper[],
  days: readonly ListedDay[],
  at: Instant,
  formula: Formula = currentFormula,
): Edition {
  const oldest = startOf(date) - maxPaperAgeDays * dayMs;
  const ranked = papers
    .filter(({ paper }) => !paper.isWithdrawn)
    .map((observed) => place(observed, at, formula))
    .sort(byRank);
  const fresh = ranked.filter(({ paper }) => paper.publishedAt >= oldest);
  // What a digest showed is not remembered for longer.
  const lastResurfaced = startOf(date) - seenForDays * dayMs;
  const old = ranked.filter(({ paper: { publishedAt } }) => publishedAt < oldest && publishedAt >= lastResurfaced);
  const entered = [...fresh, ...chooseResurfaced(old, fresh.length, startOf(firstEditionDay(date)))];
  const capped = capSubmitters(compareWithCohorts(entered).toSorted(byRank));
  return { date, formula: formula.number, publishedAt: at, days, papers: capped.toSorted(byRank) };
}

/** At most one paper in this many of an edition is resurfaced. */
const papersPerResurfaced = 10;

/**
 * Chooses the old papers that may join `fresh` others in an edition, and marks them: those that rise, or whose code
 * appeared since `since`, the best first, at most a tenth of the whole. Takes them in rank order.
 */
function chooseResurfaced(old: readonly RankedPaper[], fresh: number, since: Instant): readonly RankedPaper[] {
  return old
    .filter(({ paper, score }) => score.value > 0 || (paper.codeSince ?? Number.NEGATIVE_INFINITY) >= since)
    .slice(0, Math.floor(fresh / (papersPerResurfaced - 1)))
    .map((ranked) => ({ ...ranked, lane: 'resurfaced' }));
}

/** The mean of fewer papers means nothing. */
const fewestPapers = 5;

const upvotesOf = ({ score }: RankedPaper) =>
  score.parts.find((part): part is SignalPart => part.signal === 'upvotes')?.gained ?? 0;

/** Notes each paper's gain in upvotes as a multiple of the mean of its cohort, which explains the score alone. */
function compareWithCohorts(papers: readonly RankedPaper[]): readonly RankedPaper[] {
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
