import { parseArgs } from 'node:util';
import { choosePapers, type IndexedEdition, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import { resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { day } from '../../support/builders.js';
import { madeUpArchive } from '../archive/corpus.js';
import { type BenchReport, round, timed } from '../figures.js';
import { bytesInUse } from '../memory.js';
import { interleave, middleOf, ratioOf } from '../rounds.js';
import { denseProduct } from './dense.js';
import { countMonth, differentProfiles, learnedProfiles, profilesMade } from './profiles.js';

/** Of a month; a day's edition looks back on seven days and so has some 500 of them. */
const papersOfMonth = 2143;
const mostPapers = 10;
const parents = 60;
/** Made beside the clock, so many at a time. */
const chunk = 5_000;
const denseSample = 10;

type Asked = (like: Uint8Array) => unknown;

/**
 * For 10,000, 100,000 and 1,000,000 subscribers with a learned topic of up to 600 words, every profile different: from the
 * packed profile of the row to the papers of the digest with the words and the example that say why, as the deployed sender
 * chooses them, over an edition of 500 papers. Beside it a product of the same vectors, dense, on a sample that is scaled up.
 * Options: `--rounds N`, 3 if not said.
 */
export async function benchLikeness(args: readonly string[]): Promise<BenchReport> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '3' } } });
  const { editions } = madeUpArchive(day('2026-08-07'), papersOfMonth);
  const [edition] = editions;
  if (!edition) throw new Error('the archive has no edition');
  const month = countMonth(editions);
  const indexed = indexEdition(edition);
  indexed.likeness.prepare(month.frequencies);
  const learned = learnedProfiles(edition, month, parents);
  const next = differentProfiles(learned);
  const choose: Asked = (like) => chosenBy(indexed, like);
  const match: Asked = (like) => indexed.likeness.index().matchesOf(like);
  const run = (count: number, ask: Asked) => () => askFor(ask, count, next);
  console.error(`likeness: ${edition.papers.length} papers; profiles: ${profilesMade}`);
  const dense = denseProduct(edition, month.frequencies, indexed);
  const before = warmed(choose, next);
  const rounds = await interleave(
    {
      '10k': run(10_000, choose),
      '100k': run(100_000, choose),
      '1M': run(1_000_000, choose),
      matches: run(1_000_000, match),
      dense: () => dense(next, denseSample),
    },
    Number(values.rounds),
  );
  const kept = bytesInUse() - before;
  const { shown, bytes } = sampled(indexed, next);
  const perDense = { ...rounds.dense, cpuMs: rounds.dense.cpuMs.map((ms) => (ms * 1_000_000) / denseSample) };
  const [overDense, growth] = [ratioOf(perDense, rounds['1M']), ratioOf(rounds['1M'], rounds['100k'])];
  const million = middleOf(rounds['1M'].cpuMs);
  const matches = middleOf(rounds.matches.cpuMs);
  const json = {
    ratios: { dense: round(overDense.value), growth100kTo1M: round(growth.value) },
    cpuMs: {
      '10k': round(middleOf(rounds['10k'].cpuMs).value),
      '100k': round(middleOf(rounds['100k'].cpuMs).value),
      '1M': round(million.value),
      '1M matches': round(matches.value),
    },
    bytesPerProfile: Math.round(bytes),
    shownPerProfile: round(shown),
    senderKeptMB: round(kept / 1e6),
  };
  return {
    json,
    figures: [
      timed('CPU ms for a million profiles', million, { atMost: 8000 }),
      timed('of which to find their papers', matches, { atMost: 8000 }),
      timed('times for a million, of 100,000', growth, { atMost: 11 }),
      timed('a dense product over ours', overDense, { atLeast: 100 }),
      { name: 'bytes a profile', value: bytes, limit: { atMost: 3072 } },
      { name: 'MB kept after all profiles', value: kept / 1e6, limit: { atMost: 8 } },
    ],
  };
}

/** What the index is once it has been asked, in bytes. */
function warmed(ask: Asked, next: () => Uint8Array): number {
  askFor(ask, chunk, next);
  return bytesInUse();
}

function chosenBy(indexed: IndexedEdition, like: Uint8Array) {
  const { topics } = resolveTopics([{ name: 'Like these', n: 1, like }], []);
  return choosePapers(indexed, { topics, seen: [], maxPapers: mostPapers });
}

/** Asks for so many profiles; the time that making them takes does not count. */
function askFor(ask: Asked, count: number, next: () => Uint8Array): { cpuMs: number; wallMs: number } {
  const taken = { cpuMs: 0, wallMs: 0 };
  for (let done = 0; done < count; done += chunk) {
    const profiles = Array.from({ length: Math.min(chunk, count - done) }, next);
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    for (const like of profiles) ask(like);
    const { user, system } = process.cpuUsage(cpu);
    taken.cpuMs += (user + system) / 1000;
    taken.wallMs += performance.now() - wall;
  }
  return taken;
}

/** How many papers a digest shows, and how many bytes a profile has, in the mean of some. */
function sampled(indexed: IndexedEdition, next: () => Uint8Array): { shown: number; bytes: number } {
  const profiles = Array.from({ length: 1000 }, next);
  const shown = profiles.map((like) => chosenBy(indexed, like).papers.length);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { shown: mean(shown), bytes: mean(profiles.map(({ length }) => length)) };
}
