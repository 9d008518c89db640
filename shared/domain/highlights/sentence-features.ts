import type { Sentence } from './sentences.js';

/** What a feature tells of; its number is the upper bits of the feature's key. */
export const featureGroups = ['words', 'before', 'after', 'opening', 'place', 'shape', 'cue', 'distance'] as const;

type FeatureGroup = (typeof featureGroups)[number];

const groupNumbers = Object.fromEntries(featureGroups.map((group, number) => [group, number]));

/** Bits of a key below its group: so many that words never met in training hardly ever share the key of one that was. */
export const hashBits = 21;

/** What a model reads of one sentence: keys and their values, pair by pair. */
export interface SentenceFeatures {
  readonly keys: readonly number[];
  readonly values: readonly number[];
}

/** Longer texts are read as far as this, so that a hostile one costs no more than a long one. */
const mostWords = 120;
const mostCharacters = 800;

/** Expressions that often tell what a sentence is about, and what those around it are about. */
const cues = {
  we: /\b(?:we|our|this paper|this work)\b/i,
  proposing: /\b(?:propose|present|introduce|develop|design|describe)s?\b|\bthis (?:article|study) address/i,
  finding:
    /\b(?:results?|experiment\w*|outperform\w*|state-of-the-art|evaluat\w+|show(?:s|n)? that|demonstrat\w+|achiev\w+)\b/i,
  turning: /\b(?:however|yet|despite|although|unfortunately|nevertheless|while|but)\b/i,
  lacking:
    /\b(?:challeng\w+|difficult\w*|limit\w+|lack\w*|costly|expensive|fail\w*|suffer\w*|problem\w*|require\w*|cannot|not)\b/i,
  detailing:
    /\b(?:specifically|first(?:ly)?|then|second(?:ly)?|finally|in particular|to this end|furthermore|moreover|additionally|key|novel|by)\b/i,
  measuring: /\d\s?[%x×]|\d\.\d/,
  sharing: /https?:|github|\bcode\b|\bavailable\b|\bwebsite\b|project page|dataset is|\breleas/i,
} as const;

const isBackReference = /^(?:it|this|these|they|its|such)\b/i;

/** What the hash of an empty text is before it is folded. */
const noText = 0x811c9dc5;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) of a text that `before` is the hash of, and then `text`. */
function hashOn(before: number, text: string): number {
  let hash = before;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function keyOf(group: FeatureGroup, hash: number): number {
  return ((groupNumbers[group] ?? 0) << hashBits) | (((hash >>> hashBits) ^ hash) & ((1 << hashBits) - 1));
}

const nameKey = (group: FeatureGroup, name: string) => keyOf(group, hashOn(noText, name));

/** Keys of names that end with a number from `first` on. */
const numbered = (group: FeatureGroup, name: string, first: number, count: number) =>
  Array.from({ length: count }, (_, index) => nameKey(group, `${name}${first + index}`));

const places = {
  first: numbered('place', 'first+', 0, 7),
  last: numbered('place', 'last-', 0, 6),
  share: numbered('place', 'share ', 0, 7),
};

const shapes = {
  words: nameKey('shape', 'length'),
  length: numbered('shape', 'length ', 0, 7),
  digit: nameKey('shape', 'digit'),
  question: nameKey('shape', 'question'),
  backReference: nameKey('shape', 'back-reference'),
};

const bools = [false, true];
/** How far before its sentence a cue is at most told apart, and how far after it the first and the last one. */
const [farBefore, farAfterFirst, farAfterLast] = [3, 4, 3];

const cueKeys = Object.entries(cues).map(([name, cue]) => ({
  cue,
  /** By whether the cue is earlier, here and later, each a bit. */
  around: bools.flatMap((earlier) =>
    bools.flatMap((here) => bools.map((later) => nameKey('cue', `${name} ${earlier} ${here} ${later}`))),
  ),
  first: numbered('distance', `${name} first `, -farBefore, farBefore + farAfterFirst + 1),
  last: numbered('distance', `${name} last `, -farBefore, farBefore + farAfterLast + 1),
  noFirst: nameKey('distance', `${name} first none`),
  noLast: nameKey('distance', `${name} last none`),
}));

interface Features {
  readonly keys: number[];
  readonly values: number[];
}

function add({ keys, values }: Features, key: number | undefined, value: number): void {
  if (key === undefined) return;
  keys.push(key);
  values.push(value);
}

/** The words of one abstract's sentences by number, in order and each once, with each word's hash. */
interface Words {
  readonly hashes: readonly number[];
  readonly texts: readonly string[];
  readonly inOrder: readonly (readonly number[])[];
  readonly distinct: readonly (readonly number[])[];
}

const begin = '^';
const end = '$';

function numberWords(sentences: readonly Sentence[]): Words {
  const numbers = new Map<string, number>();
  const [texts, hashes]: [string[], number[]] = [[], []];
  const numberOf = (text: string) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    hashes.push(hashOn(noText, text));
    return texts.push(text) - 1;
  };
  numberOf(begin);
  numberOf(end);
  const inOrder = sentences.map(({ words }) => words.slice(0, mostWords).map(({ term }) => numberOf(term)));
  return { hashes, texts, inOrder, distinct: inOrder.map((numbers) => [...new Set(numbers)]) };
}

/** The features of each sentence of an abstract: its words and pairs of words, its neighbours', its place and cues. */
export function sentenceFeatures(sentences: readonly Sentence[]): readonly SentenceFeatures[] {
  const words = numberWords(sentences);
  const texts = sentences.map(({ text }) => text.slice(0, mostCharacters));
  const seen = cueKeys.map(({ cue }) => texts.map((text) => cue.test(text)));
  return sentences.map((_, index) => {
    const features: Features = { keys: [], values: [] };
    addWords(features, words, index);
    addPlace(features, sentences.length, index);
    addShape(features, texts[index] ?? '', words.inOrder[index]?.length ?? 0);
    for (const [cue, keys] of cueKeys.entries()) addCue(features, keys, seen[cue] ?? [], index);
    return features;
  });
}

function addWords(features: Features, words: Words, index: number): void {
  const [own, distinct] = [words.inOrder[index] ?? [], words.distinct[index] ?? []];
  const pairs = pairsOf(own, words);
  const value = 3 / Math.sqrt(distinct.length + pairs.length);
  for (const word of distinct) add(features, keyOf('words', words.hashes[word] ?? 0), value);
  for (const hash of pairs) add(features, keyOf('words', hash), value);
  let opening = own.length === 0 ? noText : (words.hashes[own[0] ?? 0] ?? 0);
  for (let length = 1; length <= 3; length += 1) {
    const next = length === 1 ? undefined : own[length - 1];
    if (next !== undefined) opening = hashOn(hashOn(opening, ' '), words.texts[next] ?? '');
    add(features, keyOf('opening', opening), 1);
  }
  for (const [group, at] of [['before', index - 1] as const, ['after', index + 1] as const]) {
    const others = words.distinct[at];
    if (!others) add(features, keyOf(group, noText), 2);
    else for (const word of others) add(features, keyOf(group, words.hashes[word] ?? 0), 2 / Math.sqrt(others.length));
  }
}

/** The hashes of every two words side by side, the ends of the sentence included, each pair once. */
function pairsOf(own: readonly number[], { hashes, texts }: Words): readonly number[] {
  const seen = new Set<number>();
  const found: number[] = [];
  for (let at = 0; at <= own.length; at += 1) {
    const one = at === 0 ? 0 : (own[at - 1] ?? 0);
    const other = own[at] ?? 1;
    const size = seen.size;
    if (seen.add(one * texts.length + other).size === size) continue;
    found.push(hashOn(hashOn(hashes[one] ?? 0, ' '), texts[other] ?? ''));
  }
  return found;
}

function addPlace(features: Features, count: number, index: number): void {
  add(features, places.first[Math.min(index, 6)], 1);
  add(features, places.last[Math.min(count - 1 - index, 5)], 1);
  add(features, places.share[Math.floor((6 * index) / Math.max(1, count - 1))], 1);
}

function addShape(features: Features, text: string, words: number): void {
  add(features, shapes.words, Math.min(words, 60) / 60);
  add(features, shapes.length[Math.min(6, Math.floor(words / 8))], 0.5);
  if (/\d/.test(text)) add(features, shapes.digit, 1);
  if (text.includes('?')) add(features, shapes.question, 1);
  if (isBackReference.test(text)) add(features, shapes.backReference, 1);
}

function addCue(features: Features, keys: (typeof cueKeys)[number], hits: readonly boolean[], index: number): void {
  const first = hits.indexOf(true);
  const last = hits.lastIndexOf(true);
  const around = 4 * Number(first >= 0 && first < index) + 2 * Number(hits[index] === true) + Number(last > index);
  add(features, keys.around[around], 0.6);
  const far = (from: number, most: number) => farBefore + Math.max(-farBefore, Math.min(most, index - from));
  add(features, first < 0 ? keys.noFirst : keys.first[far(first, farAfterFirst)], 0.6);
  add(features, last < 0 ? keys.noLast : keys.last[far(last, farAfterLast)], 0.6);
}
