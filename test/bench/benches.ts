import { benchCompose } from './compose/compose.js';
import { benchFanout } from './fanout/fanout.js';
import { type BenchReport, type Figure, tableOf } from './figures.js';
import { benchIngest } from './ingest/ingest.js';
import { benchMatch } from './match.js';
import { benchScore } from './score.js';

/**
 * Each prints its figures for people, with their limits and how far they are from them, and ends with one JSON line; a
 * figure of speed is CPU time, or a ratio to something measured in the same run.
 */
const benches: Readonly<Record<string, (args: readonly string[]) => BenchReport | Promise<BenchReport>>> = {
  score: benchScore,
  ingest: benchIngest,
  match: benchMatch,
  compose: benchCompose,
  fanout: benchFanout,
};

/** Runs one bench, or all of them one after the other: each in turn prints its own JSON, and a table of all ends the run. */
async function main([name = 'all', ...args]: readonly string[]): Promise<void> {
  const figures: Record<string, readonly Figure[]> = {};
  for (const each of name === 'all' ? Object.keys(benches) : [name]) {
    const bench = benches[each];
    if (!bench) throw new Error(`there is no bench "${each}"; there are all, ${Object.keys(benches).join(', ')}`);
    const report = await bench(args);
    figures[each] = report.figures;
    console.error(tableOf({ [each]: report.figures }));
    console.log(JSON.stringify({ bench: each, ...report.json }));
  }
  if (name === 'all') console.log(tableOf(figures));
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
