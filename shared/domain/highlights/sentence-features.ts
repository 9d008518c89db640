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

type Add = (group: FeatureGroup, name: string, value: number) => void;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), folded. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash >>> hashBits) ^ hash) & ((1 << hashBits) - 1);
}

/** The features of each sentence of an abstract: its words and pairs of words, its neighbours', its place and cues. */
export function sentenceFeatures(sentences: readonly Sentence[]): readonly SentenceFeatures[] {
  const terms = sentences.map(({ words }) => words.slice(0, mostWords).map(({ term }) => term));
  const texts = sentences.map(({ text }) => text.slice(0, mostCharacters));
  const seen = Object.entries(cues).map(([name, cue]) => [name, texts.map((text) => cue.test(text))] as const);
  return sentences.map((_, index) => {
    const keys: number[] = [];
    const values: number[] = [];
    const add: Add = (group, name, value) => {
      keys.push(((groupNumbers[group] ?? 0) << hashBits) | hashOf(name));
      values.push(value);
    };
    addWords(add, terms, index);
    addPlace(add, sentences.length, index);
    addShape(add, texts[index] ?? '', terms[index]?.length ?? 0);
    for (const [name, hits] of seen) addCue(add, name, hits, index);
    return { keys, values };
  });
}

function addWords(add: Add, terms: readonly (readonly string[])[], index: number): void {
  const own = terms[index] ?? [];
  const pairs = ['^', ...own].map((term, at) => `${term} ${own[at] ?? '$'}`);
  const names = new Set([...own, ...pairs]);
  for (const name of names) add('words', name, 3 / Math.sqrt(names.size));
  for (let length = 1; length <= 3; length += 1) add('opening', own.slice(0, length).join(' '), 1);
  for (const [group, at] of [['before', index - 1] as const, ['after', index + 1] as const]) {
    const others = new Set(terms[at] ?? ['']);
    for (const name of others) add(group, name, 2 / Math.sqrt(others.size));
  }
}

function addPlace(add: Add, count: number, index: number): void {
  add('place', `first+${Math.min(index, 6)}`, 1);
  add('place', `last-${Math.min(count - 1 - index, 5)}`, 1);
  add('place', `share ${Math.floor((6 * index) / Math.max(1, count - 1))}`, 1);
}

function addShape(add: Add, text: string, words: number): void {
  add('shape', 'length', Math.min(words, 60) / 60);
  add('shape', `length ${Math.min(6, Math.floor(words / 8))}`, 0.5);
  if (/\d/.test(text)) add('shape', 'digit', 1);
  if (text.includes('?')) add('shape', 'question', 1);
  if (isBackReference.test(text)) add('shape', 'back-reference', 1);
}

function addCue(add: Add, name: string, hits: readonly boolean[], index: number): void {
  const first = hits.indexOf(true);
  const last = hits.lastIndexOf(true);
  const around = `${first >= 0 && first < index} ${hits[index] === true} ${last > index}`;
  add('cue', `${name} ${around}`, 0.6);
  const far = (from: number, most: number) => (from < 0 ? 'none' : Math.max(-3, Math.min(most, index - from)));
  add('distance', `${name} first ${far(first, 4)}`, 0.6);
  add('distance', `${name} last ${far(last, 3)}`, 0.6);
}
