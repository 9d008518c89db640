import type { RunOptions } from '../engine/draw-profile.js';
import { rememberFormats } from '../engine/remembered-formats.js';
import { type RunResult, simulate } from '../run.js';
import { shrink } from './shrink.js';

/** What a process of the pool is asked for. */
export type Task =
  | { readonly kind: 'runs'; readonly from: number; readonly count: number; readonly options: RunOptions }
  | { readonly kind: 'replay'; readonly seed: number; readonly options: RunOptions }
  | { readonly kind: 'shrink'; readonly seed: number; readonly options: RunOptions; readonly counts: string };

/** One run without its story. */
export type BareResult = Omit<RunResult, 'lines' | 'events'>;

export interface TaskAnswer {
  readonly results: readonly BareResult[];
  readonly events: readonly string[];
  readonly lines: readonly string[];
  /** Processor time that it took. */
  readonly busyMs: number;
}

const bare = ({ lines: _, events: __, ...result }: RunResult): BareResult => result;

const none = { lost: 0, repeated: 0, afterLeaving: 0, unbalanced: 0, uncertain: 0, extraCopies: 0 };

/** A run that does not come to its end is one that never closes. */
async function run(seed: number, options: RunOptions): Promise<BareResult> {
  try {
    return bare(await simulate(seed, options));
  } catch (error) {
    const what = `the run broke: ${(error as Error).stack ?? error}`;
    return { ...none, open: 1, seed, crashes: 0, mails: 0, findings: [{ counts: 'open', what }] };
  }
}

async function work(task: Task): Promise<Omit<TaskAnswer, 'busyMs'>> {
  if (task.kind === 'runs') {
    const results: BareResult[] = [];
    for (let seed = task.from; seed < task.from + task.count; seed += 1) results.push(await run(seed, task.options));
    return { results, events: [], lines: [] };
  }
  const { seed, options } = task;
  const result =
    task.kind === 'replay'
      ? await simulate(seed, options, { isTraced: true })
      : await shrink(seed, options, task.counts);
  return { results: [bare(result)], events: result.events, lines: result.lines };
}

rememberFormats();

process.on('message', (task: Task) => {
  const before = process.cpuUsage();
  void work(task).then(
    (answer) => {
      const { user, system } = process.cpuUsage(before);
      process.send?.({ answer: { ...answer, busyMs: (user + system) / 1000 } satisfies TaskAnswer });
    },
    (error: Error) =>
      process.send?.({ error: `${error.message} ${(error.cause as Error | undefined)?.stack ?? error.stack}` }),
  );
});
