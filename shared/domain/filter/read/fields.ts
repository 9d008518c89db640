import type { LimitFilter, TextField } from '../filter.js';
import { type FilterError, filterError, quoted } from './filter-error.js';

/** What may be written before a colon. */
export type FieldName = TextField | 'author' | 'cat' | 'org' | 'has' | 'source' | 'id';

/** Each field as a person would write it, for error messages. */
export const fieldExamples: Readonly<Record<FieldName, string>> = {
  title: 'title:robot',
  abstract: 'abstract:robot',
  keyword: 'keyword:robot',
  author: 'author:hinton',
  cat: 'cat:cs.CL',
  org: 'org:deepmind',
  has: 'has:code',
  source: 'source:arxiv',
  id: 'id:2608.05990',
};

/** Whether a name is a field. */
export function isField(name: string): name is FieldName {
  return Object.hasOwn(fieldExamples, name);
}

type Measure = LimitFilter['measure'];

/** Each measure that can be compared with a number, as a person would write it; for age, newer is better. */
export const measureExamples: Readonly<Record<Measure, string>> = {
  score: 'score>=1.5',
  upvotes: 'upvotes>=20',
  stars: 'stars>=100',
  age: 'age<=7',
};

/** Whether a name can be compared with a number. */
export function isMeasure(name: string): name is Measure {
  return Object.hasOwn(measureExamples, name);
}

/** What other searches call a field, in arXiv's own language and elsewhere. */
const otherNames: Readonly<Partial<Record<FieldName, string>>> = {
  title: 'ti titles intitle',
  abstract: 'ab abs abstracts summary',
  keyword: 'kw keywords tag tags',
  author: 'au auth authors inauthor by',
  cat: 'cats category categories subj subject subjects',
  org: 'orgs organisation organization affiliation aff institution',
  source: 'src sources site',
  id: 'ids paperid arxivid',
};

const fieldOfName = new Map(
  Object.entries(otherNames).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

/** What is wrong with a name before a colon that is nearly a field's; `undefined` when it is a word. */
export function nearField(at: number, name: string): FilterError | undefined {
  const field =
    fieldOfName.get(name) ??
    Object.keys(fieldExamples).find((each) => name.length > 3 && each.length > 3 && isSlip(name, each));
  if (field === undefined) return undefined;
  return filterError(
    at,
    `${quoted(`${name}:`)} is not a field: write "${field}:", or put words with a colon in quotes`,
  );
}

/** What other searches count, and the papers' dates. */
const otherMeasures = new Set(
  'like likes vote votes upvote points point star github citations cites date year day days published'.split(' '),
);

/** Whether a name was meant to be compared with a number. */
export function isNearMeasure(name: string): boolean {
  return otherMeasures.has(name) || ['score', 'upvotes', 'stars'].some((each) => isSlip(name, each));
}

/** Whether one letter is missing, too many or another, or two letters have changed places. */
function isSlip(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return one === other;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let [end, otherEnd] = [one.length, other.length];
  while (end > start && otherEnd > start && one[end - 1] === other[otherEnd - 1]) {
    end -= 1;
    otherEnd -= 1;
  }
  const [left, right] = [one.slice(start, end), other.slice(start, otherEnd)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
