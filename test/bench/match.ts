import { parseArgs } from 'node:util';
import { indexEdition } from '../../shared/domain/choose-papers.js';
import type { Edition } from '../../shared/domain/edition.js';
import { type CompiledFilter, filterBehind } from '../../shared/domain/filter/compile-filter.js';
import { corpusOf, mixedDay } from './match-day.js';
import { type DrawnFilters, distribution, drawFilters, firstFilters, phrasesOf } from './match-filters.js';
import { benchFuzz } from './match-fuzz.js';
import { bytesOfJob, fastestJob } from './match-job.js';
import { type PeerRun, runMiniSearch, runRegexLoop } from './match-peers.js';
import { runPostgres } from './match-postgres.js';
import { round } from './measure.js';

const papersOfDay = 500;
const sampled = 400;

/**
 * The whole job of a day (reading 500 papers, matching every distinct filter, the best ten for each subscriber) for
 * 10,000, 100,000 and 1,000,000 subscribers, beside peers with the same distinct filters. A peer works on a sample of them, which is
 * scaled up; each decides all papers of the day. Options: `--papers FILE` (`[{ "title", "abstract" }]`, else made up),
 * `--postgres URL`, `--fuzz N`: how many fuzzed texts are parsed and compiled, 20,000 if not said.
 */
export async function benchMatch(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: { papers: { type: 'string' }, postgres: { type: 'string' }, fuzz: { type: 'string', default: '20000' } },
  });
  const corpus = corpusOf(values.papers);
  const edition = mixedDay(corpus, papersOfDay);
  say(`drawing filters: ${distribution}`);
  const million = drawFilters(phrasesOf(corpus), 1_000_000);
  const jobs = [10_000, 100_000, 1_000_000].map((count) => runOwn(edition, firstFilters(million, count)));
  const [, hundred, all] = jobs as [OwnJob, OwnJob, OwnJob];
  const peers = {
    regexLoop: against(hundred, edition, 'regular expressions', (filters) => runRegexLoop(edition, filters, 'written')),
    regexLoopOnTerms: against(hundred, edition, 'regular expressions on terms', (filters) =>
      runRegexLoop(edition, filters, 'terms'),
    ),
    miniSearch: against(hundred, edition, 'MiniSearch', (filters) => runMiniSearch(edition, filters)),
    postgres: against(all, edition, 'PostgreSQL', (filters) => runPostgres(edition, filters, values.postgres)),
  };
  say(`parsing and compiling ${values.fuzz} fuzzed texts`);
  return {
    distribution,
    ratios: {
      ...Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer?.ratio ?? null])),
      growth100kTo1M: round(all.wholeMs / hundred.wholeMs),
    },
    compileMicrosPerFilter: round(million.compileMicros),
    readMicrosPerFilter: round(million.readMicros),
    nanosPerDecision: round(((all.wholeMs - all.indexMs) * 1e6) / (all.filters.distinct.length * papersOfDay)),
    wholeJobMs: Object.fromEntries(jobs.map(({ name, wholeMs }) => [name, round(wholeMs)])),
    indexMs: round(hundred.indexMs),
    distinctFilters: Object.fromEntries(jobs.map(({ name, filters }) => [name, filters.distinct.length])),
    bytesPerDistinctFilter: all.perDistinct,
    bytesPerEdition: all.edition,
    hits: Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer?.hits ?? null])),
    fuzz: benchFuzz(Number(values.fuzz)),
  };
}

function say(text: string): void {
  console.error(`match: ${text}`);
}

interface OwnJob {
  readonly name: string;
  readonly filters: DrawnFilters;
  readonly wholeMs: number;
  readonly indexMs: number;
  readonly perDistinct: number;
  readonly edition: number;
}

function runOwn(edition: Edition, filters: DrawnFilters): OwnJob {
  const count = filters.chosen.length;
  const name = count < 1_000_000 ? `${count / 1000}k` : `${count / 1_000_000}M`;
  const { wholeMs, indexMs } = fastestJob(edition, filters);
  const bytes = bytesOfJob(edition, filters);
  say(
    `${name} subscribers, ${filters.distinct.length} distinct filters: ${wholeMs.toFixed(0)} ms, ${indexMs.toFixed(0)} of them to read the papers`,
  );
  return { name, filters, wholeMs, indexMs, ...bytes };
}

/** Lets a peer match a sample of a job's distinct filters, and compares time and hits. */
function against(
  { filters: { distinct }, wholeMs }: OwnJob,
  edition: Edition,
  peer: string,
  run: (filters: ReturnType<typeof filterBehind>[]) => PeerRun | undefined,
) {
  const sample = Array.from(
    { length: sampled },
    (_, index) => distinct[Math.floor((index * distinct.length) / sampled)],
  );
  const filters = sample.filter((filter) => filter !== undefined);
  const found = run(filters.map(filterBehind));
  if (!found) return undefined;
  const peerMs = found.readMs + (found.matchMs * distinct.length) / filters.length;
  const hits = compared(edition, filters, found.places);
  say(
    `${peer}: ${(peerMs / 1000).toFixed(1)} s, scaled from ${filters.length} of ${distinct.length} filters; ${JSON.stringify(hits)}`,
  );
  return { ratio: round(peerMs / wholeMs), hits };
}

/**
 * Pairs of filter and paper that both find, that the engine alone finds and that the peer alone finds. All but the regular
 * expressions on written words read the engine's own terms, and must agree. Those take a stem with any ending
 * ("data" finds "database") and miss what folding and irregular stems find ("naïve", "analyses").
 */
function compared(edition: Edition, filters: readonly CompiledFilter[], theirs: PeerRun['places']) {
  const indexed = indexEdition(edition);
  const counts = { both: 0, engineOnly: 0, peerOnly: 0 };
  for (const [index, filter] of filters.entries()) {
    const ours = new Set(indexed.placesOf(filter));
    const their = new Set(theirs[index]);
    for (const place of ours) counts[their.has(place) ? 'both' : 'engineOnly'] += 1;
    for (const place of their) if (!ours.has(place)) counts.peerOnly += 1;
  }
  return counts;
}
