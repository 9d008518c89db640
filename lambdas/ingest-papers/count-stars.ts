import { dateOf, hourMs, type Instant } from '../../shared/domain/calendar-date.js';
import { firstEditionDay } from '../../shared/domain/edition/rank-edition.js';
import { activeDayOf } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { StarAnswer, StarSource } from '../../shared/sources/github.js';
import { SourceDown } from '../../shared/sources/paper-source.js';
import type { PaperChange } from '../../shared/storage/papers/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { type Changes, observed } from './keep-papers.js';

/** Repositories asked for in one run; where there are more, each run begins where the one before ended. */
const mostRepositories = 2000;

export interface CountStarsDeps {
  /** Absent where no token is configured. */
  readonly stars?: StarSource;
  readonly papers: Pick<PaperRepository, 'knownBetween'>;
  readonly warn: (message: string, what: object) => void;
  /** Counts 1 when the stars did not come, else 0. */
  readonly countStarsMissing: (count: number) => void;
}

/**
 * Adds GitHub's stars to the papers of the last seven days that have a repository and no stars of a source's own: one
 * paper's curve of stars has one origin. A source that begins to give stars takes the curve over, for good.
 */
export async function countStars(changes: Changes, at: Instant, deps: CountStarsDeps): Promise<Changes> {
  if (!deps.stars) return changes;
  const [first, today] = [firstEditionDay(dateOf(at)), dateOf(at)];
  const known = await deps.papers.knownBetween(first, today);
  const unchanged = known.map((paper): [PaperId, PaperChange] => [paper.paper.id, { before: paper, after: paper }]);
  const all = new Map([...unchanged, ...changes]);
  const starless = [...all.values()].flatMap(({ after: { paper } }) =>
    paper.codeUrl && !paper.starsFrom && !paper.isWithdrawn && activeDayOf(paper) >= first
      ? [{ id: paper.id, codeUrl: paper.codeUrl }]
      : [],
  );
  const urls = inTurn([...new Set(starless.map(({ codeUrl }) => codeUrl))].sort(), at);
  const { stars } = await ask(urls, deps.stars, deps);
  const starred = starless.flatMap(({ id, codeUrl }): [PaperId, PaperChange][] => {
    const [change, count] = [all.get(id), stars.get(codeUrl)];
    if (!change || count === undefined) return [];
    const { before, after } = change;
    return [[id, { before, after: observed(after.paper, after, { stars: count }, at) }]];
  });
  return new Map([...changes, ...starred]);
}

/**
 * As many as one run may ask for, starting elsewhere each hour: what a run had no time for comes first in a later one.
 */
function inTurn(urls: readonly string[], at: Instant): readonly string[] {
  const begin = urls.length === 0 ? 0 : (Math.floor(at / hourMs) * mostRepositories) % urls.length;
  return [...urls.slice(begin), ...urls.slice(0, begin)].slice(0, mostRepositories);
}

async function ask(urls: readonly string[], source: StarSource, deps: CountStarsDeps): Promise<StarAnswer> {
  try {
    const answer = await source.starsOf(urls);
    for (const request of answer.unanswered) deps.warn('a request had no answer', { source: 'github', request });
    deps.countStarsMissing(0);
    return answer;
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('no stars came; papers are kept without', { source: 'github', reason: error.message });
    deps.countStarsMissing(1);
    return { stars: new Map(), unanswered: [] };
  }
}
