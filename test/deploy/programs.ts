import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The root of the repository. */
export const root = join(__dirname, '..', '..');

/** What was downloaded and is good for the next run too; not in git. */
export const cache = join(root, '.cache');

/** Each program leads a process group of its own, so that what it starts ends with it. */
const running = new Set<number>();
const scratch = new Set<string>();

function kill(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The whole group has ended by itself.
  }
}

// However this process ends, nothing that it started stays behind.
process.on('exit', () => {
  for (const leader of running) kill(leader);
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

/** An empty folder that is gone when this process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-rehearsal-'));
  scratch.add(folder);
  return folder;
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

type Surroundings = Pick<SpawnOptions, 'cwd' | 'env'>;

function started(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  child.once('exit', () => {
    if (pid === undefined) return;
    kill(pid);
    running.delete(pid);
  });
  return child;
}

/** A program that goes on until this process ends. */
export interface Server {
  /** All that it has written so far. */
  readonly log: () => string;
  readonly stop: () => void;
}

/** Starts a program that stays, and waits until `isReady`; throws when it ends before, or takes more than a minute. */
export async function serve(
  program: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
  surroundings: Surroundings = {},
): Promise<Server> {
  const child = started(program, args, { ...surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  let failure = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (written += String(piece)));
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ||= `it ended with ${code ?? signal}`));
  const until = Date.now() + 60_000;
  while (!(await isReady().catch(() => false))) {
    if (failure !== '') throw new Error(`${program}: ${failure}\n${written.slice(-2000)}`);
    if (Date.now() > until) throw new Error(`${program} was not ready within a minute\n${written.slice(-2000)}`);
    await sleep(100);
  }
  const stop = () => {
    if (child.pid !== undefined) kill(child.pid);
  };
  return { log: () => written, stop };
}

/** Runs a program to its end and gives what it wrote; throws with its last lines when it fails or takes too long. */
export async function run(
  program: string,
  args: readonly string[],
  { seconds, ...surroundings }: Surroundings & { readonly seconds: number },
): Promise<string> {
  const child = started(program, args, { ...surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (written += String(piece)));
  const end = await endOf(child, seconds);
  if (end !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${end}\n${written.trim().slice(-3000)}`);
  return written;
}

/** Runs a program that writes to this terminal, and gives its exit code. */
export function show(program: string, args: readonly string[], surroundings: Surroundings): Promise<number | string> {
  return endOf(started(program, args, { ...surroundings, stdio: ['ignore', 'inherit', 'inherit'] }), 1800);
}

async function endOf(child: ChildProcess, seconds: number): Promise<number | string> {
  const timer = setTimeout(() => child.pid !== undefined && kill(child.pid), seconds * 1000);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
    });
  } finally {
    clearTimeout(timer);
  }
}
