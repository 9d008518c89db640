import { highlightLabels } from './highlights.js';
import { type SentenceFeatures, sentenceFeatures } from './sentence-features.js';
import type { Sentence } from './sentences.js';

/** A model as its file holds it: all numbers whole, so that every machine reads the same. */
export interface StoredModel {
  /** The features' keys, three bytes each, in base64. */
  readonly keys: string;
  /** For each key a signed byte per label, in base64. */
  readonly weights: string;
  /** What a weight of 1 is worth, per label, in millionths. */
  readonly scales: readonly number[];
  /** For two labels and the distance of their sentences: how much likelier it is than by chance, in thousandths. */
  readonly pairs: readonly (readonly (readonly number[])[])[];
  /** The lowest score, per label, with which a sentence is chosen, in thousandths. */
  readonly least: readonly number[];
}

/** A linear model of how well sentences fit labels, in the order of `highlightLabels`. */
export interface HighlightModel {
  readonly rows: RowTable;
  readonly weights: Int8Array;
  readonly stored: StoredModel;
}

/** Greater distances between two sentences count as this one. */
export const mostDistance = 6;

/** How much the labels heed one another. */
const heed = 0.4;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));

/**
 * The rows of keys, by open addressing: of each key that is met, most have none, and a `Map` is too slow to say so a
 * million times.
 */
interface RowTable {
  /** Key and row by turns; a key of -1 is a free place. */
  readonly places: Int32Array;
  readonly mask: number;
  readonly size: number;
}

function rowTable(keys: readonly number[]): RowTable {
  const mask = 2 ** Math.ceil(Math.log2(4 * keys.length + 1)) - 1;
  const places = new Int32Array(2 * (mask + 1)).fill(-1);
  for (const [row, key] of keys.entries()) {
    let place = placeOf(key, mask);
    while ((places[2 * place] ?? 0) >= 0 && places[2 * place] !== key) place = (place + 1) & mask;
    places[2 * place] = key;
    places[2 * place + 1] = row;
  }
  return { places, mask, size: keys.length };
}

const placeOf = (key: number, mask: number) => (Math.imul(key, 0x9e3779b1) >>> 8) & mask;

/** The row of a key, or -1. */
function rowOf({ places, mask }: RowTable, key: number): number {
  let place = placeOf(key, mask);
  for (;;) {
    const held = places[2 * place] ?? -1;
    if (held === key) return places[2 * place + 1] ?? -1;
    if (held < 0) return -1;
    place = (place + 1) & mask;
  }
}

/** Reads what `stored` holds. */
export function readModel(stored: StoredModel): HighlightModel {
  const bytes = bytesOf(stored.keys);
  const keys = Array.from({ length: Math.floor(bytes.length / 3) }, (_, row) => {
    const [low = 0, middle = 0, high = 0] = bytes.subarray(3 * row, 3 * row + 3);
    return (high << 16) | (middle << 8) | low;
  });
  return { rows: rowTable(keys), weights: new Int8Array(bytesOf(stored.weights).buffer), stored };
}

/** How well one sentence fits each label, in logarithms of odds against the others of its abstract. */
function scoreSentence({ rows, weights, stored }: HighlightModel, features: SentenceFeatures): readonly number[] {
  const sums = highlightLabels.map(() => 0);
  const { keys, values } = features;
  for (let at = 0; at < keys.length; at += 1) {
    const row = rowOf(rows, keys[at] ?? 0);
    if (row < 0) continue;
    const value = values[at] ?? 0;
    for (let label = 0; label < sums.length; label += 1) {
      sums[label] = (sums[label] ?? 0) + value * (weights[row * sums.length + label] ?? 0);
    }
  }
  return sums.map((sum, label) => (sum * (stored.scales[label] ?? 0)) / 1e6);
}

/** For each label a value per sentence. */
type PerLabel = readonly (readonly number[])[];

/** How the sentences of one abstract fit the labels. */
export interface Fits {
  /** Each sentence by itself. */
  readonly scores: PerLabel;
  /** How likely each sentence is the one for the label, as judged with the other labels; sums to 1. */
  readonly shares: PerLabel;
}

/** Shares that sum to 1 and are as odds of `scores` say. */
export function sharesOf(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Judges the sentences of an abstract for all labels together. */
export function fitSentences(model: HighlightModel, sentences: readonly Sentence[]): Fits {
  const each = sentenceFeatures(sentences).map((features) => scoreSentence(model, features));
  const scores = highlightLabels.map((_, label) => each.map((sums) => sums[label] ?? 0));
  const alone = scores.map(sharesOf);
  const together = scores.map((own, label) =>
    own.map((score, index) => {
      const heard = alone.map((shares, other) =>
        other === label ? 0 : Math.log(odds(shares, model.stored.pairs[label]?.[other] ?? [], index)),
      );
      return score + heed * heard.reduce((sum, one) => sum + one, 0);
    }),
  );
  return { scores, shares: together.map(sharesOf) };
}

/** How much likelier than by chance a sentence is at its distance from where the other label's may be. */
function odds(shares: readonly number[], pairs: readonly number[], index: number): number {
  let sum = 0;
  for (let at = 0; at < shares.length; at += 1) {
    const distance = Math.max(-mostDistance, Math.min(mostDistance, index - at));
    sum += ((shares[at] ?? 0) * (pairs[distance + mostDistance] ?? 1000)) / 1000;
  }
  return Math.max(sum, 1e-6);
}
