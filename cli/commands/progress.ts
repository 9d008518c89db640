import { type Options, SingleBar } from 'cli-progress';

/** Shows how far long work has come: a bar on a terminal, nothing elsewhere. */
export interface Progress {
  readonly update: (done: number, what: string) => void;
  readonly stop: () => void;
}

const silent: Progress = { update: () => {}, stop: () => {} };

/** Makes the bar for `total` steps; `quiet` or a stream that is no terminal shows none. */
export function progressBar(total: number, options: { quiet: boolean }): Progress {
  if (options.quiet || !process.stderr.isTTY) return silent;
  const format: Options = { format: '{bar} {percentage}% {what}', clearOnComplete: true, hideCursor: true };
  const bar = new SingleBar(format);
  bar.start(total, 0, { what: '' });
  return { update: (done, what) => bar.update(Math.min(done, total), { what }), stop: () => bar.stop() };
}
