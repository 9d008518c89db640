import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { type Scoreboard, scoreboardOf } from '../../../shared/domain/edition/scoreboard.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { MonthRepository } from '../../../shared/storage/months-repository.js';

/** A scoreboard; one that had to be made of its edition names no texts. */
export interface LoadedScoreboard extends Scoreboard {
  readonly texts?: string;
}

/** Gives the scoreboards of the editions of some dates, the newest first as the dates are, where there are any. */
export type LoadScoreboards = (dates: readonly CalendarDate[]) => Promise<readonly LoadedScoreboard[]>;

/** Two weeks and a paper of another time: a board of two thousand papers takes some 60 KB. */
const keptBoards = 21;

interface ScoreboardTables {
  readonly editions: Pick<EditionRepository, 'find'>;
  readonly months: Pick<MonthRepository, 'scoreboards'>;
}

/**
 * Reads each scoreboard once, and keeps the last 21 that were asked for: editions are frozen. Where none of the dates has
 * one, because earlier versions kept none, that of the newest edition is made.
 */
export function rememberedScoreboards({ editions, months }: ScoreboardTables): LoadScoreboards {
  const kept = new Map<CalendarDate, LoadedScoreboard>();

  function keep(boards: readonly LoadedScoreboard[]): void {
    for (const board of boards) {
      kept.delete(board.date);
      kept.set(board.date, board);
    }
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - keptBoards))) kept.delete(oldest);
  }

  async function madeOfNewest(dates: readonly CalendarDate[]): Promise<readonly LoadedScoreboard[]> {
    for (const date of dates) {
      const edition = await editions.find(date);
      if (edition) return [scoreboardOf(edition)];
    }
    return [];
  }

  return async (dates) => {
    const missing = dates.filter((date) => !kept.has(date));
    const found = new Map<CalendarDate, LoadedScoreboard>();
    for (const board of missing.length > 0 ? await months.scoreboards(missing) : []) found.set(board.date, board);
    const boards = dates.flatMap((date) => kept.get(date) ?? found.get(date) ?? []);
    const all = boards.length > 0 ? boards : await madeOfNewest(dates);
    // What was made of an edition is soon followed by what is kept of it.
    keep(all.filter(({ texts }) => texts !== undefined));
    return all;
  };
}
