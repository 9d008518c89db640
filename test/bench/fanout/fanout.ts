import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { BenchReport } from '../figures.js';
import { type CpuReport, cpuEnvironment, jobsNeeded, measureCpu } from './cpu.js';
import { type CpuServer, serveCpu } from './cpu-server.js';
import type { FedFunction } from './deployment.js';
import { million, reportOf, virtualRate, type WireReport, wireRate } from './report.js';
import { stockFor } from './stock.js';
import { type VirtualReport, VirtualRun, virtualDay } from './virtual-run.js';

const wireSubscribers = 20_000;

interface Shapes {
  readonly sender: FedFunction;
  readonly recorder: FedFunction;
}

interface Role {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
  /** What is run: this bundle unless said. */
  readonly file?: string;
}

/** Runs a part of the bench in a process of its own; answers its first message, and how to end it. */
async function begin<Answer>({ args, env, execArgv = [], file = process.argv[1] ?? '' }: Role) {
  const child = fork(file, args, {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answer = await new Promise<Answer>((found, reject) => {
    child.once('message', (message) => found(message as Answer));
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code} and no answer`)));
  });
  return { answer, end: () => child.connected && child.disconnect() };
}

async function resultOf<Answer>(role: Role): Promise<Answer> {
  const { answer, end } = await begin<Answer>(role);
  end();
  return answer;
}

/** Nothing that the functions log is written, and there is room for a million subscribers. */
const virtualRole = {
  env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  execArgv: ['--max-old-space-size=6000'],
};
const awsFile = resolve('test/bench/fanout/aws-process.ts');
const onAws = (...args: readonly (string | number)[]): Role => ({
  file: awsFile,
  args: args.map(String),
  execArgv: ['--import', 'tsx'],
});

/** From which share of its batches on the planner may die: late, where numbers are large, or anywhere. */
const diesFrom: Readonly<Record<string, number>> = { plan: 1, 'interrupted-plan': 0.7, send: 0 };

async function runVirtual([
  subscribers = '0',
  seed = '1',
  mode = 'send',
  shapes = '{}',
]: readonly string[]): Promise<void> {
  const stock = await stockFor(virtualDay);
  const progress = (line: string) => process.stderr.write(`virtual: ${line}\n`);
  const options = { stock, perSecond: virtualRate, seed: Number(seed), progress, ...(JSON.parse(shapes) as Shapes) };
  const isOnlyPlanned = mode !== 'send';
  const run = new VirtualRun({
    ...options,
    subscribers: Number(subscribers),
    isOnlyPlanned,
    diesFrom: diesFrom[mode] ?? 0,
  });
  process.send?.(await run.run());
}

async function cpuOf({ sender }: Shapes): Promise<CpuReport> {
  const server = await begin<CpuServer>({ args: ['fanout', '--cpu-server'] });
  const env = cpuEnvironment(server.answer.port, sender);
  try {
    return await resultOf<CpuReport>({ args: ['fanout', '--cpu', JSON.stringify(server.answer)], env });
  } finally {
    server.end();
  }
}

/** Plays a part that runs in a process of its own, until whoever forked it has its answer. */
async function playPart(role: string, args: readonly string[]): Promise<void> {
  if (role === '--virtual') await runVirtual(args);
  else if (role === '--cpu-server') await serveCpu(jobsNeeded);
  else process.send?.(await measureCpu(JSON.parse(args[0] ?? '{}') as CpuServer));
  await new Promise(() => process.on('disconnect', () => process.exit()));
}

/**
 * Sends a slot of 20,000 over the wire at 100 a second, 100,000 and with `--full` a million in virtual time at 500 a
 * second, and measures the CPU time of a digest. `--seed S` draws where the planner dies; `--subscribers N` makes the slot
 * on the wire another size, `--only cpu|wire|plan|virtual` runs one part.
 */
export async function benchFanout(args: readonly string[]): Promise<BenchReport> {
  const [role = '', ...rest] = args;
  if (['--virtual', '--cpu-server', '--cpu'].includes(role)) {
    await playPart(role, rest);
    return { json: {}, figures: [] };
  }
  const option = (name: string, otherwise: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise;
  const seed = option('--seed', 1);
  const shapes = await resultOf<Shapes>(onAws('shapes', virtualRate));
  const virtual = (subscribers: number, mode: string) =>
    resultOf<VirtualReport>({
      args: ['fanout', '--virtual', String(subscribers), String(seed), mode, JSON.stringify(shapes)],
      ...virtualRole,
    });
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const part = async <Answer>(name: string, run: () => Promise<Answer>, isWanted = true) =>
    isWanted && (only === undefined || only === name) ? run() : undefined;
  return reportOf({
    cpu: await part('cpu', () => cpuOf(shapes)),
    wire: await part('wire', () =>
      resultOf<WireReport>(onAws('wire', option('--subscribers', wireSubscribers), wireRate)),
    ),
    planned: await part('plan', () => virtual(million, 'plan')),
    interrupted: await part('plan', () => virtual(million, 'interrupted-plan')),
    small: await part('virtual', () => virtual(million / 10, 'send')),
    large: await part('virtual', () => virtual(million, 'send'), args.includes('--full')),
  });
}
