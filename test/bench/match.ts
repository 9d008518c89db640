import { parseArgs } from 'node:util';
import { indexEdition } from '../../shared/domain/edition/choose-papers.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { CompiledFilter } from '../../shared/domain/filter/compile-filter.js';
import type { Filter } from '../../shared/domain/filter/filter.js';
import { treeBehind } from '../support/filters.js';
import { type BenchReport, type Figure, round } from './figures.js';
import { chooseAsDeployed } from './match-chosen.js';
import { corpusOf, mixedDay } from './match-day.js';
import { type DrawnFilters, distribution, drawFilters, phrasesOf } from './match-filters.js';
import { benchFuzz } from './match-fuzz.js';
import { bytesOfJob, fastestJob } from './match-job.js';
import { type PeerRun, runMiniSearch, runRegexLoop } from './match-peers.js';
import { runPostgres } from './match-postgres.js';
import { readers } from './match-subscribers.js';

const papersOfDay = 500;
const sampled = 400;

/**
 * For 10,000, 100,000 and 1,000,000 subscribers: every digest from the parsed row to its explained papers, as the
 * deployed sender chooses it (`contentFor`); and the kernel, which reads 500 papers, matches every distinct filter and
 * gives each subscriber the best ten. Beside peers with the same distinct filters, each asked once: they only match,
 * every paper of the day; they neither leave out what was seen nor explain. A peer works on a sample, which is scaled
 * up. Options: `--papers FILE` (`[{ "title", "abstract" }]`, else made up), `--postgres URL`, `--fuzz N`: how many
 * fuzzed texts are parsed and compiled, 20,000 if not said.
 */
export async function benchMatch(args: readonly string[]): Promise<BenchReport> {
  const { values } = parseArgs({
    args: [...args],
    options: { papers: { type: 'string' }, postgres: { type: 'string' }, fuzz: { type: 'string', default: '20000' } },
  });
  const corpus = corpusOf(values.papers);
  const edition = mixedDay(corpus, papersOfDay);
  say(`filters: ${distribution}; subscribers: ${readers}`);
  const phrases = phrasesOf(corpus);
  const jobs = [10_000, 100_000, 1_000_000].map((count) => runOwn(edition, drawFilters(phrases, count)));
  const [ten, hundred, all] = jobs as [OwnJob, OwnJob, OwnJob];
  const peers = comparePeers(edition, hundred, all, values.postgres);
  const kernel = eachOf(peers, ({ ratio }) => ratio);
  say('choosing as deployed');
  const chosen = await chooseAsDeployed(edition, [ten.filters, hundred.filters, all.filters], peers);
  say(`parsing and compiling ${values.fuzz} fuzzed texts`);
  const json = {
    distribution,
    readers,
    ...chosen.json,
    kernelRatios: { ...kernel, growth100kTo1M: round(all.wholeMs / hundred.wholeMs) },
    compileMicrosPerFilter: round(all.filters.compileMicros),
    readMicrosPerFilter: round(all.filters.readMicros),
    nanosPerDecision: round(((all.wholeMs - all.indexMs) * 1e6) / (all.filters.distinct.length * papersOfDay)),
    wholeJobMs: Object.fromEntries(jobs.map(({ name, wholeMs }) => [name, round(wholeMs)])),
    indexMs: round(hundred.indexMs),
    distinctFilters: Object.fromEntries(jobs.map(({ name, filters }) => [name, filters.distinct.length])),
    bytesPerDistinctFilter: all.perDistinct,
    bytesPerEdition: all.edition,
    hits: eachOf(peers, ({ hits }) => hits),
    fuzz: benchFuzz(Number(values.fuzz)),
  };
  return { json, figures: [...chosen.figures, ...kernelFigures(kernel)] };
}

function kernelFigures(kernel: Readonly<Record<string, number | null>>): Figure[] {
  const atLeast: Readonly<Record<string, number>> = { regexLoop: 800, miniSearch: 400 };
  return Object.entries(kernel).map(([name, value]) => {
    const limit = atLeast[name];
    return { name: `kernel over ${name}`, value, ...(limit && { limit: { atLeast: limit } }) };
  });
}

function say(text: string): void {
  console.error(`match: ${text}`);
}

function eachOf<Value, Result>(record: Readonly<Record<string, Value | undefined>>, of: (value: Value) => Result) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value ? of(value) : null]));
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
  const job = { name, filters, wholeMs, indexMs, ...bytesOfJob(edition, filters) };
  const reading = `${indexMs.toFixed(0)} of them to read the papers`;
  say(`${name} subscribers, ${filters.distinct.length} distinct filters: ${wholeMs.toFixed(0)} ms, ${reading}`);
  return job;
}

function comparePeers(edition: Edition, hundred: OwnJob, all: OwnJob, url: string | undefined) {
  const [filters, every] = [hundred, all].map((job) => sampleOf(job).map(treeBehind)) as [Filter[], Filter[]];
  const against = (job: OwnJob, peer: string, run: PeerRun | undefined) => run && compared(edition, job, peer, run);
  const postgres = runPostgres(edition, every, url);
  return {
    regexLoop: against(hundred, 'regular expressions', runRegexLoop(edition, filters, 'written')),
    regexLoopOnTerms: against(hundred, 'regular expressions on terms', runRegexLoop(edition, filters, 'terms')),
    miniSearch: against(hundred, 'MiniSearch', runMiniSearch(edition, filters)),
    postgres: against(all, 'PostgreSQL, filter by filter', postgres?.each),
    postgresOneStatement: against(all, 'PostgreSQL, all filters in one statement', postgres?.oneStatement),
  };
}

function sampleOf({ filters: { distinct } }: OwnJob): readonly CompiledFilter[] {
  const count = Math.min(sampled, distinct.length);
  return Array.from({ length: count }, (_, index) => distinct[Math.floor((index * distinct.length) / count)]).filter(
    (filter) => filter !== undefined,
  );
}

/**
 * Compares time, and the pairs of filter and paper that both find, that the engine alone and that the peer alone finds.
 * All peers but the regular expressions on written words read the engine's own terms, and must agree. Those take a stem
 * with any ending ("data" finds "database") and miss what folding and other stems find ("naïve", "analyses").
 */
function compared(edition: Edition, job: OwnJob, peer: string, run: PeerRun) {
  const { readMs, matchMs, places } = run;
  const filters = sampleOf(job);
  const peerMs = readMs + (matchMs * job.filters.distinct.length) / filters.length;
  const indexed = indexEdition(edition);
  const hits = { both: 0, engineOnly: 0, peerOnly: 0 };
  for (const [index, filter] of filters.entries()) {
    const ours = new Set(indexed.placesOf(filter));
    const theirs = new Set(places[index]);
    for (const place of ours) hits[theirs.has(place) ? 'both' : 'engineOnly'] += 1;
    for (const place of theirs) if (!ours.has(place)) hits.peerOnly += 1;
  }
  const scaled = `scaled from ${filters.length} of ${job.filters.distinct.length} filters`;
  say(`${peer}: ${(peerMs / 1000).toFixed(1)} s, ${scaled}; ${JSON.stringify(hits)}`);
  return { ratio: round(peerMs / job.wholeMs), hits, peerMs, run, share: filters.length / job.filters.distinct.length };
}
