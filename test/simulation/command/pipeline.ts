import { counted } from '../check/judge.js';
import type { RunOptions } from '../engine/draw-profile.js';
import { bundleWorker } from './bundle.js';
import { Pool } from './pool.js';
import type { BareResult } from './worker.js';

/** What `npm run simulate -- pipeline` was asked for. */
export interface PipelineRequest extends RunOptions {
  readonly runs: number;
  readonly seed: number;
  readonly replay: number | undefined;
}

/** Sums over all runs. */
export interface PipelineReport {
  readonly runs: number;
  readonly crashes: number;
  /** Runs with at least two crashes. */
  readonly twoCrashes: number;
  readonly mails: number;
  readonly lost: number;
  readonly repeated: number;
  readonly afterLeaving: number;
  readonly unbalanced: number;
  readonly open: number;
  readonly uncertain: number;
  readonly extraCopies: number;
  readonly seconds: number;
}

const chunk = 25;
/** How many findings and remainders are listed; all are counted. */
const mostListed = 60;

type Say = (line: string) => void;

const isFailing = (result: BareResult) => counted.some((name) => result[name] > 0);

function reportOf(results: readonly BareResult[], seconds: number): PipelineReport {
  const sum = (of: (result: BareResult) => number) => results.reduce((total, result) => total + of(result), 0);
  return {
    runs: results.length,
    crashes: sum(({ crashes }) => crashes),
    twoCrashes: sum(({ crashes }) => (crashes >= 2 ? 1 : 0)),
    mails: sum(({ mails }) => mails),
    lost: sum(({ lost }) => lost),
    repeated: sum(({ repeated }) => repeated),
    afterLeaving: sum(({ afterLeaving }) => afterLeaving),
    unbalanced: sum(({ unbalanced }) => unbalanced),
    open: sum(({ open }) => open),
    uncertain: sum(({ uncertain }) => uncertain),
    extraCopies: sum(({ extraCopies }) => extraCopies),
    seconds,
  };
}

/** Whether the runs show no fault. Where evidence was to be had, the checker counts an uncertain digest as lost. */
export function isGood(report: PipelineReport): boolean {
  return counted.every((name) => report[name] === 0);
}

/** Simulates many runs, lists what is wrong with them, and tells the first of each kind step by step. */
export async function pipeline(request: PipelineRequest, say: Say, progress: Say): Promise<PipelineReport> {
  const pool = new Pool(await bundleWorker('pipeline'));
  try {
    return request.replay === undefined
      ? await manyRuns(request, pool, say, progress)
      : await replay(request, pool, say);
  } finally {
    pool.stop();
  }
}

async function replay(request: PipelineRequest, pool: Pool, say: Say): Promise<PipelineReport> {
  const start = performance.now();
  const { results, lines } = await pool.ask({ kind: 'replay', seed: request.replay ?? 0, options: optionsOf(request) });
  for (const line of lines) say(line);
  list(results, say);
  return reportOf(results, secondsSince(start));
}

async function manyRuns(request: PipelineRequest, pool: Pool, say: Say, progress: Say): Promise<PipelineReport> {
  const start = performance.now();
  const options = optionsOf(request);
  const results: BareResult[] = [];
  const chunks = Array.from({ length: Math.ceil(request.runs / chunk) }, (_, index) => index * chunk);
  let failing = 0;
  await Promise.all(
    chunks.map(async (offset) => {
      const count = Math.min(chunk, request.runs - offset);
      const answer = await pool.ask({ kind: 'runs', from: request.seed + offset, count, options });
      results.push(...answer.results);
      failing += answer.results.filter(isFailing).length;
      const rate = (results.length / secondsSince(start)).toFixed(1);
      progress(`${results.length} of ${request.runs} runs, ${rate} a second, ${failing} failing`);
    }),
  );
  const seconds = secondsSince(start);
  results.sort((one, other) => one.seed - other.seed);
  list(results, say);
  await tellFirst(results, options, pool, say);
  return reportOf(results, seconds);
}

const isFault = ({ counts }: { counts: string }) => counted.some((name) => name === counts);

/** Lists faults first, then the remainders; last, how often each kind was found. */
function list(results: readonly BareResult[], say: Say): void {
  const all = results.flatMap(({ seed, findings }) => findings.map((finding) => ({ seed, ...finding })));
  const sorted = [...all.filter(isFault), ...all.filter((finding) => !isFault(finding))];
  for (const { seed, counts, what } of sorted.slice(0, mostListed)) say(`seed ${seed}: ${counts}: ${what}`);
  if (sorted.length <= mostListed) return;
  say(`and ${sorted.length - mostListed} more; of each kind:`);
  const kinds = new Map<string, { readonly seed: number; readonly count: number }>();
  for (const { seed, counts, what } of sorted) {
    const kind = `${counts}: ${what.replace(/[A-Z]\w+\/\w+@|UTC@/g, '').replace(/[#\d][\d .#-]*/g, '# ')}`;
    const known = kinds.get(kind);
    kinds.set(kind, { seed: known?.seed ?? seed, count: (known?.count ?? 0) + 1 });
  }
  for (const [kind, { seed, count }] of kinds) say(`${String(count).padStart(6)} ${kind} (seed ${seed})`);
}

const isReading = /\d (Query|Get|BatchGet)\b(?!.*->)/;

/** Shrinks the first failing run of each kind, and tells what is left of it without what only reads. */
async function tellFirst(results: readonly BareResult[], options: RunOptions, pool: Pool, say: Say): Promise<void> {
  for (const counts of counted) {
    const first = results.find((result) => result[counts] > 0);
    if (!first) continue;
    const { results: shrunk, events, lines } = await pool.ask({ kind: 'shrink', seed: first.seed, options, counts });
    say(`\nseed ${first.seed} shrunk to ${events.length} events:`);
    for (const event of events) say(`  ${event}`);
    for (const line of lines) if (!isReading.test(line)) say(line);
    list(shrunk, say);
  }
}

const optionsOf = ({ lostEvents, outageHours, focus }: RunOptions): RunOptions => ({
  lostEvents,
  outageHours,
  ...(focus && { focus }),
});
const secondsSince = (start: number) => Math.round((performance.now() - start) / 10) / 100;
