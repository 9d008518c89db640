import { type ArchiveIndex, archivedPapers, openArchive } from '../../../shared/domain/archive/archive-index.js';
import { makeMonth } from '../../../shared/domain/archive/make-month.js';
import {
  packMonth,
  packNames,
  packWords,
  unpackMonth,
  unpackNames,
  unpackWords,
} from '../../../shared/domain/archive/month-bytes.js';
import type { ArchivedPaper, DaySpan } from '../../../shared/domain/edition/archive.js';
import { backtestOf, tryFilter } from '../../../shared/domain/edition/backtest.js';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { type ArchiveSearch, explainFound, searchArchive } from '../../../shared/domain/edition/search-archive.js';
import type { Filter } from '../../../shared/domain/filter/filter.js';
import type { Spelling } from '../../../shared/domain/filter/write-filter.js';
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

/** An archive, and its papers. */
export interface MadeArchive extends ArchiveIndex {
  readonly papersAt: (places: readonly number[]) => readonly ArchivedPaper[];
}

/** An archive of one edition with these papers. */
export function archiveOf(papers: readonly RankedPaper[], span = month): MadeArchive {
  return archiveIn([editionOf('2026-08-07', ...papers)], span);
}

/** An archive of some editions, of an index that was stored. */
export function archiveIn(editions: readonly Edition[], days = month): MadeArchive {
  const [newest, ...others] = editions.map(({ date }) => date).sort((one, other) => (one < other ? 1 : -1));
  const made = makeMonth(editions);
  const wordAt = unpackWords(packWords(made.wordAt));
  const month = { ...unpackMonth(packMonth(made)), wordAt, names: unpackNames(packNames(made.names)) };
  const index = openArchive([month], [newest!, ...others], days);
  const rankedAt = (place: number) => {
    const home = index.entriesAt(place)[0]!;
    return editions.find(({ date }) => date === home.edition)!.papers[home.place]!;
  };
  return { ...index, papersAt: (places) => archivedPapers(index, places, places.map(rankedAt)) };
}

/** All papers of an archive, in rank order. */
export function papersIn(archive: MadeArchive): readonly ArchivedPaper[] {
  return archive.papersAt(Array.from({ length: archive.size }, (_, place) => place));
}

/** One page of what an archive has for a search, with its papers. */
export function found(archive: MadeArchive, search: ArchiveSearch) {
  const { places, ...page } = searchArchive(archive, search);
  return { ...page, papers: explainFound(archive, search.filter, archive.papersAt(places)) };
}

/** What a filter would have found in an archive, with its samples. */
export function backtest(archive: MadeArchive, filter: Filter, spell?: Spelling) {
  const tried = tryFilter(archive, filter, spell);
  return backtestOf(tried, archive.papersAt(tried.samples));
}
