import type { LimitFilter } from '../filter.js';
import { type FilterError, filterError, shown } from './filter-error.js';
import type { LimitSymbol } from './filter-symbol.js';

type Measure = LimitFilter['measure'];

/** The one sign that each measure takes, in its two spellings; for age, newer is better. */
const signs: Readonly<Record<Measure, readonly [string, string]>> = {
  score: ['>=', '≥'],
  upvotes: ['>=', '≥'],
  stars: ['>=', '≥'],
  age: ['<=', '≤'],
};

/** Whether a name can be limited. */
export function isMeasure(name: string): name is Measure {
  return Object.hasOwn(signs, name);
}

/** Reads `score>=1.5`, `upvotes>=20`, `stars>=100` or `age<=7` (days); only a score may have decimals. */
export function readLimit({ text, at, measure, sign, value }: LimitSymbol): LimitFilter | FilterError {
  if (!isMeasure(measure)) {
    const known = Object.entries(signs).map(([name, [usual]]) => `"${name}${usual}"`);
    return filterError(at + 1, shown(text), `${known.join(', ')}, or words in quotes`);
  }
  const [usual] = signs[measure];
  if (!signs[measure].includes(sign)) return filterError(at + 1, shown(text), `"${measure}${usual}" and a number`);
  // Nine digits print as they were written, never with an exponent.
  const isNumber = measure === 'score' ? /^\d{1,9}(?:\.\d{1,3})?$/ : /^\d{1,9}$/;
  if (isNumber.test(value)) return { kind: 'limit', measure, value: Number(value) };
  const example = measure === 'score' ? 'a number such as 1.5' : 'a whole number such as 7';
  return filterError(at + 1, shown(text), `${example} behind "${measure}${usual}"`);
}
