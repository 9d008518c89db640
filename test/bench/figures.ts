import { type Measured, mostSpread } from './rounds.js';

/** One figure of a bench, as a person reads it: with its limit, if it has one. */
export interface Figure {
  readonly name: string;
  /** `null` where it could not be measured. */
  readonly value: number | null;
  /** By what share of it the rounds differed; absent for what is counted and not timed. */
  readonly spread?: number;
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number };
}

/** What a bench says: `json` for machines, the figures for people. */
export interface BenchReport {
  readonly json: object;
  readonly figures: readonly Figure[];
}

/** A figure that was timed. */
export function timed(name: string, { value, spread }: Measured, limit?: Figure['limit']): Figure {
  return { name, value, spread, ...(limit && { limit }) };
}

type Verdict = 'reached' | 'missed' | 'not judged' | '';

/** Whether a figure keeps its limit; rounds that differ too much decide nothing. */
export function verdictOn({ value, spread = 0, limit }: Figure): Verdict {
  if (!limit) return '';
  if (value === null || Number.isNaN(value) || !(spread <= mostSpread)) return 'not judged';
  return ('atMost' in limit ? value <= limit.atMost : value >= limit.atLeast) ? 'reached' : 'missed';
}

/** How far a figure is from its limit, as a share of the limit: positive on the right side. */
function distanceOf({ value, limit }: Figure): string {
  if (!limit || value === null) return '';
  const bound = 'atMost' in limit ? limit.atMost : limit.atLeast;
  const left = 'atMost' in limit ? bound - value : value - bound;
  if (bound === 0) return left === 0 ? 'on it' : `${round(-left)} over`;
  return `${left < 0 ? '−' : '+'}${Math.round((Math.abs(left) / bound) * 100)} %`;
}

/** Rounds to three significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

const columns = ['bench', 'figure', 'value', 'spread', 'limit', 'distance', 'verdict'] as const;

/** The figures of benches, one line each, as a Markdown table. */
export function tableOf(reports: Readonly<Record<string, readonly Figure[]>>): string {
  const lines = Object.entries(reports).flatMap(([bench, figures]) =>
    figures.map((figure) => [
      bench,
      figure.name,
      figure.value === null ? 'not measured' : String(round(figure.value)),
      figure.spread === undefined ? '' : `${Math.round(figure.spread * 100)} %`,
      limitOf(figure),
      distanceOf(figure),
      verdictOn(figure),
    ]),
  );
  const widths = columns.map((column, at) => Math.max(column.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [lineOf(columns), lineOf(widths.map((width) => '-'.repeat(width))), ...lines.map(lineOf)].join('\n');
}

function limitOf({ limit }: Figure): string {
  if (!limit) return '';
  return 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
}
