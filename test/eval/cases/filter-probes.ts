import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { choosePapers, type IndexedEdition, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import type { Counts, Paper } from '../../../shared/domain/paper/paper.js';
import { filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import { checkChoices } from '../../../shared/domain/subscriber/subscription-form.js';
import { resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { cardView } from '../../../shared/mail/card/card-view.js';
import { readListItem } from '../../../shared/sources/hugging-face-record.js';
import { anEdition, aPaper, aTrendScore, day } from '../../support/builders.js';
import { readJsonInput } from '../../support/read-input.js';

import { type ProbeKind, probeKind } from './probe-kind.js';

type FilterAnswer = { readonly result: 'match' | 'no' } | { readonly result: 'error'; readonly message: string };

/** A paper of which only its id is known, so that nothing matches that a probe does not state. */
const blank: Partial<Paper> = { title: '', abstract: '', authors: [], categories: [], keywords: [] };

const statedPaper = z.looseObject({
  upvotes: z.optional(z.number()),
  comments: z.optional(z.number()),
  stars: z.optional(z.number()),
  score: z.optional(z.number()),
});

function rankedOf({ upvotes, comments, stars, score = 1, ...stated }: z.infer<typeof statedPaper>): RankedPaper {
  const counted = Object.entries({ upvotes, comments, stars }).filter(([, count]) => count !== undefined);
  const counts: Counts = Object.fromEntries(counted);
  return { paper: aPaper({ ...blank, ...stated }), score: aTrendScore(score), counts };
}

/** What becomes of a filter from the form's check to the papers of a digest. */
function tryFilter(filter: string, edition: IndexedEdition): { error: string } | { ids: ReadonlySet<string> } {
  const parsed = parseFilter(filter);
  const problem = parsed.ok ? filterProblem(filter) : parsed.error.message;
  if (problem !== undefined) return { error: problem };
  const wanted = { topics: [{ name: 'Tried', filter }], hour: 7, timeZone: 'UTC', maxPapers: 10 };
  const choices = checkChoices(wanted, []);
  if (!choices.ok) return { error: Object.values(choices.errors).join(' ') };
  const { topics, unknown } = resolveTopics(choices.value.topics, []);
  if (unknown[0] !== undefined) return { error: unknown[0] };
  const maxPapers = edition.papers.length;
  return {
    ids: new Set(choosePapers(edition, { topics, seen: [], maxPapers }).papers.map(({ ranked }) => ranked.paper.id)),
  };
}

function answerFilter(filter: string, ranked: RankedPaper): FilterAnswer {
  const tried = tryFilter(filter, indexEdition(anEdition({ papers: [ranked] })));
  if ('error' in tried) return { result: 'error', message: tried.error };
  return { result: tried.ids.has(ranked.paper.id) ? 'match' : 'no' };
}

const recordedDay = /^\d{4}-\d{2}-\d{2}\.json$/;

/** The papers of recorded days, newest day first, the first of each title. */
export function recordedPapers(folder: string): readonly RankedPaper[] {
  const files = readdirSync(folder).filter((file) => recordedDay.test(file));
  const papers = new Map<string, RankedPaper>();
  for (const file of files.sort().reverse()) {
    for (const item of readJsonInput(join(folder, file), z.array(z.unknown()))) {
      const read = readListItem(item, day(file.slice(0, -'.json'.length)));
      if ('reason' in read || papers.has(read.title)) continue;
      const { source: _, counts = {}, isWithdrawn = false, ...stated } = read;
      const paper = aPaper({ ...blank, ...stated, isWithdrawn });
      papers.set(read.title, { paper, score: aTrendScore(), counts });
    }
  }
  return [...papers.values()];
}

/**
 * Pastes every recorded title as a filter, as it was recorded and as it is shown, and looks whether it finds its own
 * paper.
 */
function answerTitles(folder: string) {
  const papers = recordedPapers(folder);
  const counts = { titles: papers.length, errors: 0, missThemselves: 0, found: 0 };
  for (const ranked of papers) {
    const pasted = [ranked.paper.title, cardView(ranked).title];
    const results = pasted.map((title) => answerFilter(title, ranked).result);
    if (results.includes('error')) counts.errors += 1;
    else if (results.includes('no')) counts.missThemselves += 1;
    else counts.found += 1;
  }
  return counts;
}

/** Filters on papers. */
export const filterProbes: Readonly<Record<string, ProbeKind>> = {
  filter: probeKind(z.object({ filter: z.string(), paper: z._default(statedPaper, {}) }), ({ filter, paper }) =>
    answerFilter(filter, rankedOf(paper)),
  ),
  titles: probeKind(z.object({ folder: z.string() }), ({ folder }, context) => answerTitles(context.folder(folder))),
};
