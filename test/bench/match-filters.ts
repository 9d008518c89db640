import { type CompiledFilter, compileFilter, readCompiled } from '../../shared/domain/filter/compile-filter.js';
import { parseFilter } from '../../shared/domain/filter/read/parse-filter.js';
import { tokenise } from '../../shared/domain/filter/words/normalise.js';
import type { CorpusPaper } from './match-day.js';
import { seeded } from './measure.js';

/** How many subscribers write a filter of their own. */
const newShare = 0.5;

/** How the filters are drawn, for the output. */
export const distribution =
  'half of the subscribers write a filter, the others take the one of somebody before them; 1 to 5 clauses, as many of each ' +
  'length, each a word or phrase of up to three words of the corpus by Zipf (rank^-1); a third joined by AND, a third by ' +
  'OR, a third as a (b OR c); a fifth with NOT';

const stopWords = new Set(
  'a an and are as at be by for from has have in is it its of on or that the these this to was we which with not our can'.split(
    ' ',
  ),
);

/** The corpus's words and phrases without stop words at their ends, the most frequent first. */
export function phrasesOf(corpus: readonly CorpusPaper[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title, abstract } of corpus) {
    for (const sentence of `${title}. ${abstract}`.split(/[.,;:!?()$\\]/)) {
      const words = tokenise(sentence).map(({ word }) => word);
      for (let at = 0; at < words.length; at += 1) {
        for (let length = 1; length <= 3 && at + length <= words.length; length += 1) {
          const run = words.slice(at, at + length);
          if (run.some((word) => /^\d+$/.test(word)) || stopWords.has(run[0] ?? '') || stopWords.has(run.at(-1) ?? ''))
            continue;
          counts.set(run.join(' '), (counts.get(run.join(' ')) ?? 0) + 1);
        }
      }
    }
  }
  return [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).map(([phrase]) => phrase);
}

/** What subscribers want: `chosen` has the number of each one's filter among the distinct ones. */
export interface DrawnFilters {
  readonly distinct: readonly CompiledFilter[];
  readonly chosen: Uint32Array;
  /** Parsing and compiling a written filter, in microseconds. */
  readonly compileMicros: number;
  /** Reading the stored form of a distinct one, in microseconds. */
  readonly readMicros: number;
}

/** Draws the filters of `count` subscribers by `distribution`; the first ones are the same for any `count`. */
export function drawFilters(phrases: readonly string[], count: number): DrawnFilters {
  const random = seeded(5);
  const chosen = new Uint32Array(count);
  const numbers = new Map<string, number>();
  let compileMs = 0;
  let written = 0;
  for (let subscriber = 0; subscriber < count; subscriber += 1) {
    if (subscriber > 0 && random() >= newShare) {
      chosen[subscriber] = chosen[Math.floor(random() * subscriber)] ?? 0;
      continue;
    }
    const text = writtenFilter(phrases, random);
    const start = performance.now();
    const form = compiledForm(text);
    compileMs += performance.now() - start;
    written += 1;
    const number = numbers.get(form) ?? numbers.size;
    numbers.set(form, number);
    chosen[subscriber] = number;
  }
  const start = performance.now();
  const distinct = [...numbers.keys()].map(readForm);
  const readMs = performance.now() - start;
  return {
    distinct,
    chosen,
    compileMicros: (compileMs * 1000) / written,
    readMicros: (readMs * 1000) / distinct.length,
  };
}

function compiledForm(text: string): string {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`a drawn filter does not parse: ${parsed.error.message}`);
  return compileFilter(parsed.filter).form;
}

function readForm(form: string): CompiledFilter {
  const compiled = readCompiled(form);
  if (!compiled) throw new Error('a compiled form cannot be read');
  return compiled;
}

function writtenFilter(phrases: readonly string[], random: () => number): string {
  const isNegated = random() < 0.2;
  const wanted = Math.max(isNegated ? 2 : 1, 1 + Math.floor(random() * 5));
  // Zipf by inversion: ranks of equal ratio are equally likely.
  const clauses = Array.from({ length: wanted }, () =>
    quoted(phrases[Math.floor(phrases.length ** random()) - 1] ?? 'model'),
  );
  const left = isNegated ? clauses.pop() : undefined;
  return joined(clauses, random()) + (left === undefined ? '' : ` -${left}`);
}

function joined([first = '', ...others]: readonly string[], share: number): string {
  if (others.length === 0) return first;
  if (share < 1 / 3) return [first, ...others].join(' ');
  const any = others.join(' OR ');
  return share < 2 / 3 ? `(${first} OR ${any})` : `${first} (${any})`;
}

function quoted(phrase: string): string {
  return phrase.includes(' ') || /^(?:and|or|not)$/.test(phrase) ? `"${phrase}"` : phrase;
}
