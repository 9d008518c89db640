import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Task, TaskAnswer } from './worker.js';

/** What functions would print is not for a simulation's reader. */
const quiet = {
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** A run takes a tenth of a second; whoever is silent for this long goes round in circles. */
const patienceMs = 15 * 60_000;
/** What one needs is a tenth of this. */
const mostMegabytes = 1500;

/** Processes that simulate at the same time, two for two cores. */
export class Pool {
  private readonly idle: ChildProcess[];
  private readonly all: readonly ChildProcess[];
  private readonly waiting: ((child: ChildProcess) => void)[] = [];

  constructor(
    bundle: string,
    readonly size = Math.max(1, Math.min(4, availableParallelism())),
  ) {
    const options = { env: { ...process.env, ...quiet }, execArgv: [`--max-old-space-size=${mostMegabytes}`] };
    this.all = Array.from({ length: size }, () => fork(bundle, options));
    this.idle = [...this.all];
  }

  async ask(task: Task): Promise<TaskAnswer> {
    const child = this.idle.pop() ?? (await new Promise<ChildProcess>((resolve) => this.waiting.push(resolve)));
    try {
      return await answerOf(child, task);
    } finally {
      const next = this.waiting.shift();
      if (next) next(child);
      else this.idle.push(child);
    }
  }

  stop(): void {
    for (const child of this.all) child.kill();
  }
}

function answerOf(child: ChildProcess, task: Task): Promise<TaskAnswer> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => {
      clearTimeout(timer);
      reject(new Error(`a simulating process ended with ${code} on ${JSON.stringify(task)}`));
    };
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.once('exit', died);
    child.once('message', (message: { answer?: TaskAnswer; error?: string }) => {
      clearTimeout(timer);
      child.off('exit', died);
      if (message.answer) resolve(message.answer);
      else reject(new Error(message.error));
    });
    child.send(task, (error) => {
      if (error) reject(error);
    });
  });
}
