import { benchCompose } from './compose/compose.js';
import { benchMatch } from './match.js';
import { benchScore } from './score.js';

/**
 * Each prints a line for people and ends with one JSON line; a figure is a ratio to something measured in the same run.
 */
const benches: Readonly<Record<string, (args: readonly string[]) => object | Promise<object>>> = {
  score: benchScore,
  match: benchMatch,
  compose: benchCompose,
};

async function main([name, ...args]: readonly string[]): Promise<void> {
  const chosen = name === undefined ? Object.keys(benches) : [name];
  for (const each of chosen) {
    const bench = benches[each];
    if (!bench) throw new Error(`there is no bench "${each}"; there are ${Object.keys(benches).join(', ')}`);
    console.log(JSON.stringify({ bench: each, ...(await bench(args)) }));
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
