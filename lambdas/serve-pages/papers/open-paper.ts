import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import { editionDaysOf, type Standing, standingIn } from '../../../shared/domain/edition/scoreboard.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { MonthRepository } from '../../../shared/storage/months-repository.js';
import type { LoadedScoreboard, LoadScoreboards } from './remembered-scoreboards.js';

export interface OpenPaperDeps {
  readonly describedPaper: (id: PaperId) => Promise<Paper | undefined>;
  readonly scoreboards: LoadScoreboards;
  readonly months: Pick<MonthRepository, 'papersAt'>;
  readonly editions: Pick<EditionRepository, 'find'>;
  readonly now: () => Instant;
}

/** What there is to tell of a paper. */
export interface PaperView {
  /** As it was last described. */
  readonly paper: Paper;
  /** As the newest of its editions has it; absent before it was in one. */
  readonly ranked?: RankedPaper;
  /** How it stood in its editions, the newest first. */
  readonly standings: readonly Standing[];
}

/** A paper that is listed again is in more editions than in those of a week; with these, a page reads nine items. */
const mostEditions = 7;

/** Tells of a paper and of the last seven editions that held it; `unknown` when it never came in. */
export async function openPaper(id: PaperId, deps: OpenPaperDeps): Promise<PaperView | 'unknown'> {
  const paper = await deps.describedPaper(id);
  if (!paper) return 'unknown';
  const boards = await deps.scoreboards(editionDaysOf(paper, dateOf(deps.now()), mostEditions));
  const found = boards.flatMap((board) => {
    const standing = standingIn(board, paper);
    return standing ? [{ board, standing }] : [];
  });
  const [newest] = found;
  const ranked = newest && (await rankedIn(newest.board, newest.standing.place - 1, deps));
  return { paper, ...(ranked && { ranked }), standings: found.map(({ standing }) => standing) };
}

async function rankedIn(
  { date, texts }: LoadedScoreboard,
  place: number,
  { months, editions }: Pick<OpenPaperDeps, 'months' | 'editions'>,
): Promise<RankedPaper | undefined> {
  if (texts === undefined) return (await editions.find(date))?.papers[place];
  return (await months.papersAt([{ date, texts, place }]))[0];
}
