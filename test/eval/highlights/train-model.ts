import {
  mostDistance,
  readModel,
  type StoredModel,
  sharesOf,
} from '../../../shared/domain/highlights/highlight-model.js';
import { type HighlightLabel, highlightLabels } from '../../../shared/domain/highlights/highlights.js';
import { type Design, designOf, fitChoice, type Learning, scoreOf } from './fit-choice.js';
import type { MarkedAbstract } from './marked-abstracts.js';

/** Set by cross-validation; `docs/highlights.md` has the figures. */
const learnings: Readonly<Record<HighlightLabel, Learning>> = {
  task: { trust: 0.1, ease: { before: 0.75, after: 0.75, place: 2, shape: 0 } },
  problem: { trust: 0.06, ease: { before: 1.25, after: 0.75, opening: 1.5, place: 0, shape: 0 } },
  idea: { trust: 0.1, ease: { before: 0.75, after: 0.75, place: 0, cue: 1.7 } },
  result: { trust: 0.1, ease: { before: 1.25, after: 0, place: 1.5, distance: 0.5 } },
};

/** Folds of the training in which each abstract is scored by a model that never saw it. */
const innerFolds = 4;

/** Fold of each of so many items: a fixed shuffle, the same on every machine. */
export function foldsOf(count: number, folds: number, seed: number): readonly number[] {
  let state = seed >>> 0;
  const order = Array.from({ length: count }, (_, index) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { index, key: state };
  }).sort((a, b) => a.key - b.key || a.index - b.index);
  const fold = new Array<number>(count).fill(0);
  for (const [place, { index }] of order.entries()) fold[index] = place % folds;
  return fold;
}

function fitLabel(design: Design, abstracts: readonly MarkedAbstract[], label: HighlightLabel): Float64Array {
  const choices = abstracts.flatMap((of) => {
    const right = of.bearers.get(label);
    return right && right.size > 0 ? [{ of, right }] : [];
  });
  return fitChoice(design, choices, learnings[label]);
}

/** The scores of an abstract's sentences for each label. */
type Scores = readonly (readonly number[])[];

/** Scores every abstract by models that were trained on others. */
function scoreUnseen(design: Design, abstracts: readonly MarkedAbstract[]): ReadonlyMap<MarkedAbstract, Scores> {
  const fold = foldsOf(abstracts.length, innerFolds, 7);
  const scored = new Map<MarkedAbstract, Scores>();
  for (let held = 0; held < innerFolds; held += 1) {
    const rest = abstracts.filter((_, index) => fold[index] !== held);
    const weights = highlightLabels.map((label) => fitLabel(design, rest, label));
    for (const [index, abstract] of abstracts.entries()) {
      if (fold[index] !== held) continue;
      const rows = design.rows.get(abstract) ?? [];
      scored.set(
        abstract,
        weights.map((ofLabel) => rows.map((row) => scoreOf(row, ofLabel))),
      );
    }
  }
  return scored;
}

/** How much more often two labels' sentences are at each distance than the scores of each alone would have it. */
function pairOdds(scored: ReadonlyMap<MarkedAbstract, Scores>, label: number, other: number): readonly number[] {
  const places = 2 * mostDistance + 1;
  const [seen, expected] = [new Array<number>(places).fill(1), new Array<number>(places).fill(1)];
  const place = (distance: number) => Math.max(-mostDistance, Math.min(mostDistance, distance)) + mostDistance;
  const add = (counts: number[], at: number, value: number) => {
    counts[at] = (counts[at] ?? 0) + value;
  };
  for (const [{ bearers }, scores] of scored) {
    const [own, others] = [label, other].map((each) => [...(bearers.get(highlightLabels[each] ?? 'task') ?? [])]);
    if (!own?.length || !others?.length) continue;
    for (const a of own) for (const b of others) add(seen, place(a - b), 1 / (own.length * others.length));
    const shares = sharesOf(scores[other] ?? []);
    for (const [a, share] of sharesOf(scores[label] ?? []).entries())
      for (const [b, otherShare] of shares.entries()) add(expected, place(a - b), share * otherShare);
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const even = total(expected) / total(seen);
  return seen.map((count, at) => Math.round((1000 * even * count) / (expected[at] ?? 1)));
}

/** How far below the lowest score of a right choice a sentence may be. */
const margin = 1;

/** The score, in thousandths, below which no sentence of an abstract is chosen for a label. */
function leastScore(scored: ReadonlyMap<MarkedAbstract, Scores>, label: number): number {
  const right = [...scored].flatMap(([{ bearers }, scores]) => {
    const own = scores[label] ?? [];
    const most = Math.max(...own);
    return bearers.get(highlightLabels[label] ?? 'task')?.has(own.indexOf(most)) ? [most] : [];
  });
  return right.length === 0 ? 0 : Math.floor(1000 * (Math.min(...right) - margin));
}

const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');

/** A feature whose weights are all smaller than this changes hardly any choice. */
const leastByte = 2;

/** Packs weights per label and column into signed bytes, without features that hardly weigh anything. */
function pack({ keys }: Design, weights: readonly Float64Array[]): Pick<StoredModel, 'keys' | 'weights' | 'scales'> {
  const scales = weights.map((ofLabel) => Math.max(1e-6, ...ofLabel.map(Math.abs)) / 127);
  const rows = keys.map((key, column) => ({
    key,
    bytes: weights.map((ofLabel, label) => Math.round((ofLabel[column] ?? 0) / (scales[label] ?? 1))),
  }));
  const kept = rows.filter(({ bytes }) => bytes.some((byte) => Math.abs(byte) >= leastByte));
  return {
    keys: base64(kept.flatMap(({ key }) => [key & 255, (key >> 8) & 255, key >> 16])),
    weights: base64(kept.flatMap(({ bytes }) => bytes)),
    scales: scales.map((scale) => Math.round(1e6 * scale)),
  };
}

/** Trains a model on marked abstracts: always the same from the same. */
export function trainModel(abstracts: readonly MarkedAbstract[]): StoredModel {
  const design = designOf(abstracts);
  const weights = highlightLabels.map((label) => fitLabel(design, abstracts, label));
  const scored = scoreUnseen(design, abstracts);
  const numbers = highlightLabels.map((_, label) => label);
  return {
    ...pack(design, weights),
    pairs: numbers.map((label) => numbers.map((other) => (other === label ? [] : pairOdds(scored, label, other)))),
    least: numbers.map((label) => leastScore(scored, label)),
  };
}

/** Trains a model and reads it as a file is read. */
export const trainedModel = (abstracts: readonly MarkedAbstract[]) => readModel(trainModel(abstracts));
