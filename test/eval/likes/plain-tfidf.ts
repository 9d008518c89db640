import { stopWords } from './stop-words.js';

/** The plain TF-IDF of some texts. */
export interface PlainTfidf {
  /** How like each text is to the mean of some of them, by their places. */
  readonly likeMean: (places: readonly number[]) => Float64Array;
}

/** A sparse vector of length 1. */
interface Row {
  readonly terms: Uint32Array;
  readonly values: Float64Array;
}

/** Terms that fewer texts have are left out. */
const fewestTexts = 2;

/** Single words and pairs of them, as scikit-learn's `TfidfVectorizer(ngram_range=(1, 2), stop_words='english')` sees them. */
function termsOf(text: string): Map<string, number> {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []).filter((word) => !stopWords.has(word));
  const counts = new Map<string, number>();
  const add = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [at, word] of words.entries()) {
    add(word);
    if (at > 0) add(`${words[at - 1]} ${word}`);
  }
  return counts;
}

/** Vectors as scikit-learn makes them, with `sublinear_tf`, `min_df=2`, smooth inverse frequencies and the l2 norm. */
export function plainTfidf(texts: readonly string[]): PlainTfidf {
  const counted = texts.map(termsOf);
  const frequency = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const [term, count] of frequency) if (count >= fewestTexts) numbers.set(term, numbers.size);
  const rows = counted.map((counts): Row => {
    const kept = [...counts].filter(([term]) => numbers.has(term));
    const values = kept.map(
      ([term, count]) => (1 + Math.log(count)) * (Math.log((1 + texts.length) / (1 + (frequency.get(term) ?? 0))) + 1),
    );
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
    return {
      terms: Uint32Array.from(kept, ([term]) => numbers.get(term) ?? 0),
      values: Float64Array.from(values, (value) => value / length),
    };
  });
  return { likeMean: (places) => productsWithMean(rows, places, numbers.size) };
}

function productsWithMean(rows: readonly Row[], places: readonly number[], size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const place of places) {
    const row = rows[place];
    row?.terms.forEach((term, at) => {
      mean[term] = (mean[term] ?? 0) + (row.values[at] ?? 0) / places.length;
    });
  }
  return Float64Array.from(rows, ({ terms, values }) => {
    let product = 0;
    for (let at = 0; at < terms.length; at += 1) product += (mean[terms[at] ?? 0] ?? 0) * (values[at] ?? 0);
    return product;
  });
}
