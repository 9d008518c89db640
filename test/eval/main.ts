import { evaluateCases } from './cases/cases.js';
import { evaluateHighlights } from './highlights/highlights.js';
import { evaluateLikes } from './likes/likes.js';
import { evaluateTopicsByExample } from './likes/topics-by-example.js';
import { evaluateTopics } from './topics.js';
import { evaluateTrend } from './trend.js';

const evaluations: Readonly<Record<string, (args: readonly string[]) => object | Promise<object>>> = {
  cases: evaluateCases,
  highlights: evaluateHighlights,
  likes: evaluateLikes,
  topics: evaluateTopics,
  'topics-by-example': evaluateTopicsByExample,
  trend: evaluateTrend,
};

/** Judges one part against cases, labelled or recorded data; lines for people, then one JSON line. */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const evaluate = Object.hasOwn(evaluations, name) ? evaluations[name] : undefined;
  if (!evaluate) throw new Error(`name an evaluation: ${Object.keys(evaluations).join(', ')}`);
  const result = await evaluate(args);
  console.log(JSON.stringify(result));
  if ('fail' in result && Array.isArray(result.fail) && result.fail.length > 0) process.exitCode = 1;
}

// The SDK's advice about Node 20, which is supported on purpose, would stand between the lines.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`eval: ${(error as Error).message}`);
  process.exitCode = 1;
});
