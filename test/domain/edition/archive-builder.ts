import {
  type DaySpan,
  type IndexedArchive,
  indexArchive,
  joinEditions,
} from '../../../shared/domain/edition/archive.js';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { anEdition, aRankedPaper, aTrendScore, day, paperId } from '../../support/builders.js';

/** The n-th paper with no words but those given, listed on 2026-08-07; the score falls with n. */
export function plainPaper(number: number, over: Partial<Paper> = {}): RankedPaper {
  const plain = { title: 'Untitled', abstract: 'Nothing.', keywords: [], authors: [], categories: [] };
  return aRankedPaper({ ...plain, id: paperId(number), ...over }, aTrendScore(1000 - number));
}

/** An edition of a date with these papers, best first. */
export function editionOf(date: string, ...papers: readonly RankedPaper[]): Edition {
  return anEdition({ date: day(date), papers });
}

/** The 30 days up to 2026-08-07. */
export const month: DaySpan = { from: day('2026-07-09'), to: day('2026-08-07') };

/** An archive of one edition with these papers. */
export function archiveOf(papers: readonly RankedPaper[], span = month): IndexedArchive {
  return indexArchive(joinEditions([editionOf('2026-08-07', ...papers)], span));
}
