import { featureGroups, hashBits, sentenceFeatures } from '../../../shared/domain/highlights/sentence-features.js';
import type { MarkedAbstract } from './marked-abstracts.js';
import { minimise } from './minimise.js';

type Group = (typeof featureGroups)[number];

/** How a label is learned. */
export interface Learning {
  /** How much the marks weigh against small weights. */
  readonly trust: number;
  /** How easily each group's features gain weight; 1 unless said otherwise. */
  readonly ease: Readonly<Partial<Record<Group, number>>>;
}

/** One sentence: its features' columns and values. */
interface Row {
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The sentences of abstracts over the features that are common enough to learn from. */
export interface Design {
  /** The key of each column. */
  readonly keys: readonly number[];
  readonly rows: ReadonlyMap<MarkedAbstract, readonly Row[]>;
}

/** A feature of fewer sentences is chance. */
const fewestSentences = 3;

/** Reads the features of abstracts, and keeps those of at least three sentences. */
export function designOf(abstracts: readonly MarkedAbstract[]): Design {
  const features = abstracts.map(({ sentences }) => sentenceFeatures(sentences));
  const counts = new Map<number, number>();
  for (const { keys } of features.flat()) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const keys = [...counts].flatMap(([key, count]) => (count >= fewestSentences ? [key] : [])).sort((a, b) => a - b);
  const columnOf = new Map(keys.map((key, column) => [key, column]));
  const rows = features.map((ofAbstract) =>
    ofAbstract.map(({ keys: own, values }) => {
      const known = own.flatMap((key, index) => {
        const column = columnOf.get(key);
        return column === undefined ? [] : [[column, values[index] ?? 0] as const];
      });
      return {
        columns: Int32Array.from(known, ([column]) => column),
        values: Float64Array.from(known, ([, value]) => value),
      };
    }),
  );
  return { keys, rows: new Map(abstracts.map((abstract, index) => [abstract, rows[index] ?? []])) };
}

/** The score of a sentence by weights per column. */
export function scoreOf({ columns, values }: Row, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < columns.length; at += 1) sum += (values[at] ?? 0) * (weights[columns[at] ?? 0] ?? 0);
  return sum;
}

/** An abstract that bears the label, as it is learned from. */
interface Choice {
  readonly rows: readonly Row[];
  readonly isRight: readonly boolean[];
}

/** Adds what one choice costs to the gradient, and answers the cost: −ln of the share that right sentences get. */
function addCost({ rows, isRight }: Choice, weights: Float64Array, gradient: Float64Array): number {
  const scores = rows.map((row) => scoreOf(row, weights));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const all = powers.reduce((sum, power) => sum + power, 0);
  const right = powers.reduce((sum, power, index) => sum + (isRight[index] ? power : 0), 1e-300);
  for (const [index, { columns, values }] of rows.entries()) {
    const power = powers[index] ?? 0;
    const pull = power / all - (isRight[index] ? power / right : 0);
    for (let at = 0; at < columns.length; at += 1) {
      const column = columns[at] ?? 0;
      gradient[column] = (gradient[column] ?? 0) + pull * (values[at] ?? 0);
    }
  }
  return Math.log(all) - Math.log(right);
}

/**
 * Weights per column with which the right sentence of each abstract is the likeliest choice among all of its sentences
 * (conditional logit, McFadden 1974), with an L2 penalty.
 */
export function fitChoice(
  design: Design,
  choices: readonly { readonly of: MarkedAbstract; readonly right: ReadonlySet<number> }[],
  { trust, ease }: Learning,
): Float64Array {
  const scales = Float64Array.from(design.keys, (key) => ease[featureGroups[key >> hashBits] ?? 'words'] ?? 1);
  const scaled = (values: Float64Array) => values.map((value, column) => value * (scales[column] ?? 1));
  const learned: Choice[] = choices.map(({ of, right }) => {
    const rows = design.rows.get(of) ?? [];
    return { rows, isRight: rows.map((_, index) => right.has(index)) };
  });
  const found = minimise(design.keys.length, (point, gradient) => {
    const weights = scaled(point);
    const slope = new Float64Array(point.length);
    const cost = learned.reduce((sum, choice) => sum + addCost(choice, weights, slope), 0);
    let penalty = 0;
    for (let at = 0; at < point.length; at += 1) {
      const own = point[at] ?? 0;
      penalty += own * own;
      gradient[at] = trust * (slope[at] ?? 0) * (scales[at] ?? 1) + own;
    }
    return trust * cost + penalty / 2;
  });
  return scaled(found);
}
