import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchReport, type Figure, round, timed } from '../figures.js';
import { interleave, middleOf, type Rounds } from '../rounds.js';

/** A function of the stack: its folder under lambdas/, its bundle, what the template gives it, and a bare handler. */
export interface SynthesizedFunction {
  readonly name: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly bare: string;
}

const senders = ['send-digest', 'send-notice'];

/** Times what a bare handler takes, by function; KB of 1024 bytes. */
const limitsOf = (name: string) => ({
  start: senders.includes(name) ? 1.5 : 1.25,
  kilobytes: [...senders, 'serve-pages'].includes(name) ? 600 : 450,
});

/**
 * Starts each function of the synthesized stack in a process of its own, from the spawn until its handler can be called,
 * beside a bare handler that imports the same AWS clients and does nothing, bundled in the same way, but with
 * the parts of the SDK that our bundles leave out. What Node takes to start by itself is taken off both.
 */
export async function benchColdStart(args: readonly string[]): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-coldstart-'));
  try {
    const functions = synthesizedInto(folder);
    const contenders: Record<string, () => Start> = { node: () => start('', {}) };
    for (const { name, file, environment, bare } of functions) {
      contenders[name] = () => start(file, environment);
      contenders[`bare ${name}`] = () => start(bare, {});
    }
    return reportOf(functions, await interleave(contenders, args.includes('--quick') ? 3 : 15));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The CDK and the bundler find files by their own place: they cannot be bundled into the bench. */
function synthesizedInto(folder: string): readonly SynthesizedFunction[] {
  const script = join('test', 'bench', 'coldstart', 'synthesize.ts');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', script, folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the stack was not synthesized');
  return JSON.parse(readFileSync(join(folder, 'functions.json'), 'utf8'));
}

interface Start {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Loads a bundle, if any, and says how much CPU time the process has taken from its beginning. */
const program = `
  const [file] = process.argv.slice(1);
  if (file && typeof require(file).handler !== 'function') throw new Error(file + ' has no handler');
  const { user, system } = process.cpuUsage();
  process.stdout.write(String((user + system) / 1000), () => process.exit());`;

function start(file: string, environment: Readonly<Record<string, string>>): Start {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program, ...(file ? [file] : [])], {
    encoding: 'utf8',
    env: {
      ...environment,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  if (status !== 0) throw new Error(`${file}: ${stderr}`);
  return { cpuMs: Number(stdout), wallMs: performance.now() - begun };
}

function reportOf(functions: readonly SynthesizedFunction[], times: Record<string, Rounds>): BenchReport {
  const rounds = times.node?.cpuMs ?? [];
  const figures: Figure[] = [];
  const json: Record<string, object> = {};
  for (const { name, file } of functions) {
    const tookIn = (contender: string, at: number) => times[contender]?.cpuMs[at] ?? Number.NaN;
    const over = middleOf(rounds.map((node, at) => (tookIn(name, at) - node) / (tookIn(`bare ${name}`, at) - node)));
    const kilobytes = statSync(file).size / 1024;
    const limits = limitsOf(name);
    figures.push(timed(`${name}: its start over a bare one`, over, { atMost: limits.start }));
    figures.push({ name: `${name}: KB`, value: kilobytes, limit: { atMost: limits.kilobytes } });
    json[name] = { overBareClients: round(over.value), spread: round(over.spread), kilobytes: Math.round(kilobytes) };
  }
  return { json: { functions: json }, figures };
}
