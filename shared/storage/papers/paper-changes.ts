import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { dateOf, type Instant } from '../../domain/calendar-date.js';
import { firstEditionDay } from '../../domain/edition/rank-edition.js';
import { activeDayOf, type Observation, type Paper } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import type { Standing } from './hour-rows.js';
import { type PaperRow, storedPaper } from './paper-rows.js';

/** A paper with its newest observation. */
export interface KnownPaper {
  readonly paper: Paper;
  readonly latest?: Observation;
}

/** A paper as it is kept, and as a run makes it. */
export interface PaperChange {
  readonly before: KnownPaper | undefined;
  readonly after: KnownPaper;
}

/** A paper's row joined with what the hours know of it, whichever is newer. */
export function withStanding({ paper, latest }: PaperRow, standing: Standing | undefined): KnownPaper {
  const isNewer = standing?.latest && !(latest && latest.at > standing.latest.at);
  const newest = isNewer ? standing.latest : latest;
  return { paper: describedAt(paper, standing), ...(newest && { latest: newest }) };
}

/** Only a description of the version that the row tells of counts. */
function describedAt(paper: Paper, standing: Standing | undefined): Paper {
  const at = standing?.version === paper.version ? standing?.describedAt : undefined;
  if (at === undefined || at <= (paper.describedAt ?? Number.NEGATIVE_INFINITY)) return paper;
  // Parsed for the order of its fields: editions are compared byte by byte.
  return z.parse(storedPaper(), { ...paper, describedAt: at });
}

/** What a run must write. */
interface ToKeep {
  /** Papers that have no row yet. */
  readonly added: readonly Paper[];
  /** Papers whose row tells less than is known now. */
  readonly described: readonly Paper[];
  readonly standings: ReadonlyMap<PaperId, Standing>;
}

/** Sorts what a run found by where it is kept: counts and the time of the last description are no part of a row. */
export function sortChanges(changes: readonly PaperChange[], at: Instant): ToKeep {
  const first = firstEditionDay(dateOf(at));
  const isActive = (paper: Paper) => !paper.isLookedUp && activeDayOf(paper) >= first;
  const papers = changes.map(({ after }) => after.paper);
  const isDescribed = ({ before, after }: PaperChange) =>
    before !== undefined && !isDeepStrictEqual(rowOf(before.paper, isActive), rowOf(after.paper, isActive));
  const described = changes.filter(isDescribed).map(({ after }) => after.paper);
  const inRows = new Set(described.map(({ id }) => id));
  return {
    added: papers.filter((_, place) => changes[place]?.before === undefined),
    described,
    standings: new Map(
      changes.flatMap(({ after }) =>
        isActive(after.paper) || after.latest?.at === at ? standingOf(after, inRows.has(after.paper.id)) : [],
      ),
    ),
  };
}

/** What of a paper only its row holds. */
function rowOf(paper: Paper, isActive: (paper: Paper) => boolean): Partial<Paper> {
  if (!isActive(paper)) return paper;
  const { describedAt: _, ...row } = paper;
  return row;
}

/** The row of a paper that is `inRow` says itself when it was described: a run that ends before it is written has not described it. */
function standingOf({ paper, latest }: KnownPaper, inRow: boolean): readonly (readonly [PaperId, Standing])[] {
  const { id, version } = paper;
  const described = inRow ? undefined : paper.describedAt;
  if (!latest && described === undefined) return [];
  const description =
    described === undefined ? {} : { describedAt: described, ...(version !== undefined && { version }) };
  return [[id, { day: activeDayOf(paper), ...(latest && { latest }), ...description }]];
}
