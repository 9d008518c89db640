import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { type Figure, tableOf } from './figures.js';

const page = 'docs/performance.md';
const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];

/** The page with other figures between its two marks; throws where it has none. */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has no place for figures: ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${figures}\n\n${text.slice(to)}`;
}

/** Writes the figures of a run into `docs/performance.md`, with today's date and the machine. */
export function writePerformance(figures: Readonly<Record<string, readonly Figure[]>>): void {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() || 'a processor that does not tell its name'}`;
  const date = new Date().toISOString().slice(0, 10);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const heading = `${date}, on ${machine}, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}:`;
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), `${heading}\n\n${tableOf(figures)}`));
}
