import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';
import type { Io, Progress } from './command.js';

const silent: Progress = { step: () => {}, end: () => {} };

/** Speaks on this process's own stdout and stderr. */
export function terminal(json: boolean): Io {
  return {
    out: (text) => json || process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    json: (value) => json && process.stdout.write(`${JSON.stringify(value)}\n`),
    tell: (line) => process.stderr.write(`${line}\n`),
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    progress: (what, total) => (process.stderr.isTTY && process.env.TERM !== 'dumb' ? bar(what, total) : silent),
    exitWith: (code) => {
      process.exitCode = code;
    },
  };
}

function bar(what: string, total: number): Progress {
  const format = `${what} {bar} {percentage}% {value}/{total}`;
  // Its own way to end gracefully keeps Ctrl-C from ending the process.
  const shown = new SingleBar({ format, clearOnComplete: true, gracefulExit: false });
  shown.start(total, 0);
  return { step: (by = 1) => shown.increment(by), end: () => shown.stop() };
}
