import './incidents/quiet.js';
import { parseArgs } from 'node:util';
import { huntMutants } from './command/mutants.js';
import { isGood, pipeline } from './command/pipeline.js';
import { type Focus, foci } from './engine/focus.js';
import { form } from './form/form.js';
import { year } from './year/year.js';

/** Share of the people who sign up amid a flood that must have their mail within 15 minutes. */
const leastServed = 0.95;

const say = (line: string) => console.log(line);

/** On a terminal, one line that is written over; elsewhere nothing. */
const progress = (line: string) => {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
};

function numberOf(text: string | undefined, name: string, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number) || number < least) throw new Error(`--${name} must be a number from ${least} on`);
  return number;
}

/** A share, given as `0.01` or `1%`. */
function shareOf(text = '0'): number {
  const share = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (!(share >= 0 && share <= 1)) throw new Error('--lost-events must be a share from 0 to 1');
  return share;
}

function focusOf(text: string | undefined): { focus?: Focus } {
  const focus = foci.find((name) => name === text);
  if (text !== undefined && !focus) throw new Error(`--focus must be one of: ${foci.join(', ')}`);
  return focus ? { focus } : {};
}

const option = { type: 'string' } as const;
const options = {
  runs: option,
  seed: option,
  'lost-events': option,
  outage: option,
  focus: option,
  replay: option,
  requests: option,
};

/** Simulates a part of the house; lines for people, then one JSON line. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const seed = numberOf(values.seed, 'seed', 0) ?? 1;
  const [command, only] = positionals;
  if (command === 'mutants') {
    const report = await huntMutants(seed, only, say);
    return finish(report, report.survivors.length === 0);
  }
  if (command === 'year') {
    const report = await year(seed, say, progress);
    return finish(report, report.wrong + report.repeated + report.unexplained === 0);
  }
  if (command === 'form') {
    const report = await form(numberOf(values.requests, 'requests', 1) ?? 20_000, seed, say);
    const { overCap, acceptedForgeries, honestServed } = report;
    return finish(report, overCap + acceptedForgeries === 0 && honestServed >= leastServed);
  }
  if (command !== 'pipeline') throw new Error('name what to simulate: pipeline, form, mutants or year');
  const request = {
    runs: numberOf(values.runs, 'runs', 1) ?? 100,
    seed,
    replay: numberOf(values.replay, 'replay', 0),
    lostEvents: shareOf(values['lost-events']),
    outageHours: numberOf(values.outage, 'outage', 0),
    ...focusOf(values.focus),
  };
  const report = await pipeline(request, say, progress);
  finish(report, isGood(report));
}

function finish(report: object, isWell: boolean): void {
  progress('');
  say(JSON.stringify(report));
  process.exitCode = isWell ? 0 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`simulate: ${(error as Error).message}`);
  process.exitCode = 1;
});
