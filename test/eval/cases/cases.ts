import { type EmbeddedDynamo, startEmbeddedDynamo } from '../../support/embedded-dynamodb.js';
import { type Case, type Probe, readCases } from './case-folder.js';
import { filterProbes } from './filter-probes.js';
import { formProbes } from './form-probes.js';
import { ingestProbes } from './ingest-probes.js';
import { mailEventProbes } from './mail-event-probes.js';
import { mailProbes } from './mail-probes.js';
import { matchesExpectation } from './matches-expectation.js';
import { pageProbes } from './page-probes.js';
import { type CaseContext, CaseError, caseFiles } from './probe-kind.js';
import { sourceProbes } from './source-probes.js';

/** How the cases of a folder came out, by their names. */
export interface CasesReport {
  readonly cases: number;
  readonly hold: number;
  readonly fail: readonly string[];
  /** Those that do not hold and are no demand. */
  readonly unclear: readonly string[];
}

const kinds = {
  ...filterProbes,
  ...formProbes,
  ...ingestProbes,
  ...mailEventProbes,
  ...mailProbes,
  ...pageProbes,
  ...sourceProbes,
};

const longestShown = 160;

/** Tries the cases of a folder on the real code, `DIR [NN …]`, and prints one line for each. */
export async function evaluateCases([root, ...numbers]: readonly string[]): Promise<CasesReport> {
  if (root === undefined) throw new CaseError('name the folder of the cases: cases DIR [NN …]');
  const cases = readCases(root, numbers, kinds);
  let started: Promise<EmbeddedDynamo> | undefined;
  const dynamo = () => {
    started ??= startEmbeddedDynamo();
    return started;
  };
  const fail: string[] = [];
  const unclear: string[] = [];
  try {
    for (const each of cases) {
      const problems = await problemsOf(each, { dynamo, ...caseFiles(root, each.dir) });
      if (problems.length > 0) (each.isUnclear ? unclear : fail).push(each.name);
      console.log(lineOf(each, problems));
    }
  } finally {
    await (await started)?.stop();
  }
  return { cases: cases.length, hold: cases.length - fail.length - unclear.length, fail, unclear };
}

function lineOf({ name, isUnclear }: Case, problems: readonly string[]): string {
  if (problems.length === 0) return `${name} holds`;
  return `${name} ${isUnclear ? 'unclear' : 'fails'}: ${problems.join('; ')}`;
}

async function problemsOf({ probes }: Case, context: CaseContext): Promise<string[]> {
  const problems: string[] = [];
  for (const [index, { ask, expected }] of probes.entries()) {
    const answer = await answerOf(ask, context);
    if (matchesExpectation(expected, answer)) continue;
    problems.push(`probe ${index + 1}: wanted ${shown(expected)}, got ${shown(answer)}`);
  }
  return problems;
}

/** What the code throws is an answer too, and a wrong one. */
async function answerOf(ask: Probe['ask'], context: CaseContext): Promise<unknown> {
  try {
    return await ask(context);
  } catch (error) {
    if (error instanceof CaseError) throw error;
    return { threw: (error as Error).message };
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
