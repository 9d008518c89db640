import { benchArchive } from './archive/archive.js';
import { benchColdStart } from './coldstart/coldstart.js';
import { benchCompose } from './compose/compose.js';
import { benchFanout } from './fanout/fanout.js';
import { type BenchReport, type Figure, tableOf } from './figures.js';
import { benchIngest } from './ingest/ingest.js';
import { benchLikeness } from './likeness/likeness.js';
import { benchMatch } from './match.js';
import { writePerformance } from './performance-page.js';
import { benchScore } from './score.js';
import { benchStart } from './start.js';

/**
 * Each prints its figures for people, with their limits and how far they are from them, and ends with one JSON line; a
 * figure of speed is CPU time, or a ratio to something measured in the same run.
 */
const benches: Readonly<Record<string, (args: readonly string[]) => BenchReport | Promise<BenchReport>>> = {
  score: benchScore,
  ingest: benchIngest,
  match: benchMatch,
  likeness: benchLikeness,
  compose: benchCompose,
  coldstart: benchColdStart,
  start: benchStart,
  archive: benchArchive,
  fanout: benchFanout,
};

/** Runs a bench, which prints its figures and then its JSON. */
async function run(name: string, args: readonly string[]): Promise<readonly Figure[]> {
  const bench = benches[name];
  if (!bench) throw new Error(`there is no bench "${name}"; there are all, ${Object.keys(benches).join(', ')}`);
  const { figures, json } = await bench(args);
  console.error(tableOf({ [name]: figures }));
  console.log(JSON.stringify({ bench: name, ...json }));
  return figures;
}

/** Runs every bench, whatever becomes of the others, and prints one table; `--write` puts it into `docs/performance.md`. */
async function runAll(given: readonly string[]): Promise<void> {
  const args = given.filter((arg) => arg !== '--write');
  const figures: Record<string, readonly Figure[]> = {};
  for (const name of Object.keys(benches)) {
    try {
      figures[name] = await run(name, args);
    } catch (error) {
      figures[name] = [{ name: `failed: ${(error as Error).message.split('\n', 1)}`, value: null }];
      process.exitCode = 1;
    }
  }
  console.log(tableOf(figures));
  if (given.includes('--write')) writePerformance(figures);
}

async function main([name = 'all', ...args]: readonly string[]): Promise<void> {
  await (name === 'all' ? runAll(args) : run(name, args));
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
