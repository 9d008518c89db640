import { evaluateTopics } from './topics.js';
import { evaluateTrend } from './trend.js';

const evaluations: Readonly<Record<string, (args: readonly string[]) => object>> = {
  topics: evaluateTopics,
  trend: evaluateTrend,
};

/** Judges one part against labelled or recorded data; a table for people, then one JSON line. */
function main([name = '', ...args]: readonly string[]): void {
  const evaluate = evaluations[name];
  if (!evaluate) throw new Error(`name an evaluation: ${Object.keys(evaluations).join(', ')}`);
  console.log(JSON.stringify(evaluate(args)));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`eval: ${(error as Error).message}`);
  process.exitCode = 1;
}
