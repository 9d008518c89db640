import { cutTo } from '../text/shorten.js';
import type { LikenessProfile, LikenessWord } from './likeness-profile.js';
import { wordHash } from './word-hash.js';

/** Raise it whenever the bytes, `wordHash` or what a word is change: profiles of another version are learned again. */
const packedVersion = 1;

/** How much a packed profile holds at most. */
export const packedLimits = { bytes: 3072, words: 600, titles: 7, titleLength: 60 } as const;

/**
 * Where things are in a packed profile, in bytes. The head: version, order (1 for likeness), number of words (2 bytes, little
 * endian as all numbers), number of titles, the largest weight and the threshold (floats of 4 bytes). Then half a byte for
 * each first byte that a hash may have: how many words have it. Then the words in ascending order of their hashes: the other
 * three bytes of each hash, a byte for each weight, three bits for each example, from 1, 0 for none. Then the titles in UTF-8,
 * each after its length.
 */
export const layout = { words: 2, titles: 4, scale: 5, threshold: 9, counts: 13, hashes: 13 + 128 } as const;

/** A paper of which nothing speaks for a topic is never alike. */
const leastThreshold = 1e-9;

/** What half a byte can count. */
const mostOfAByte = 15;

/** Steps of a weight for each halving; the sign is the highest bit. */
const stepsPerHalving = 12;

/** What each byte of a weight stands for, as a share of the largest weight. */
export const weightShares = Float64Array.from({ length: 256 }, (_, code) => {
  const share = 2 ** (((code & 127) - 127) / stepsPerHalving);
  return code < 128 ? share : -share;
});

function weightCode(share: number): number {
  const code = Math.round(127 + stepsPerHalving * Math.log2(Math.abs(share)));
  return code < 0 ? -1 : share < 0 ? code | 128 : code;
}

interface PackedWord {
  readonly hash: number;
  readonly code: number;
  readonly example: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Packs what sending reads of a profile into at most 3,072 bytes. Weights are kept to 3 %; words weaker than a 1,500th of the
 * strongest, and titles for which there is no room, are left out.
 */
export function packProfile({ words, threshold, order, titles }: LikenessProfile): Uint8Array {
  const scale = Math.fround(Math.max(...words.slice(0, packedLimits.words).map(({ weight }) => Math.abs(weight)), 0));
  const kept = keptWords(words, scale);
  const named = keptTitles(titles, packedLimits.bytes - titlesAt(kept.length));
  const bytes = new Uint8Array(titlesAt(kept.length) + named.reduce((sum, { length }) => sum + 1 + length, 0));
  const view = new DataView(bytes.buffer);
  bytes[0] = packedVersion;
  bytes[1] = order === 'likeness' ? 1 : 0;
  view.setUint16(layout.words, kept.length, true);
  bytes[layout.titles] = named.length;
  view.setFloat32(layout.scale, scale, true);
  view.setFloat32(layout.threshold, Math.max(threshold, leastThreshold), true);
  for (const [index, word] of kept.entries()) putWord(bytes, kept.length, index, word, named.length);
  let at = titlesAt(kept.length);
  for (const title of named) {
    bytes[at] = title.length;
    bytes.set(title, at + 1);
    at += 1 + title.length;
  }
  return bytes;
}

/** Words by their hashes, ascending: the strongest where there is no room for all. */
function keptWords(words: readonly LikenessWord[], scale: number): readonly PackedWord[] {
  const kept = new Map<number, PackedWord>();
  const counts = new Uint8Array(256);
  for (const { word, weight, example } of words.slice(0, packedLimits.words)) {
    const hash = wordHash(word);
    const code = weight === 0 ? -1 : weightCode(weight / scale);
    const isFull = counts[hash >>> 24] === mostOfAByte;
    if (code < 0 || isFull || kept.has(hash)) continue;
    counts[hash >>> 24] = (counts[hash >>> 24] ?? 0) + 1;
    kept.set(hash, { hash, code, example: example === undefined ? 0 : example + 1 });
  }
  return [...kept.values()].sort((one, other) => (one.hash >>> 0) - (other.hash >>> 0));
}

function keptTitles(titles: readonly string[], room: number): readonly Uint8Array[] {
  const kept: Uint8Array[] = [];
  let left = room;
  for (const title of titles.slice(0, packedLimits.titles)) {
    const bytes = shortened(title);
    if (1 + bytes.length > left) break;
    left -= 1 + bytes.length;
    kept.push(bytes);
  }
  return kept;
}

/** A title in at most 255 bytes: characters outside of ASCII take up to four. */
function shortened(title: string): Uint8Array {
  const bytes = encoder.encode(cutTo(title, packedLimits.titleLength));
  return bytes.length <= 255 ? bytes : encoder.encode(cutTo(title, packedLimits.titleLength / 2));
}

function putWord(bytes: Uint8Array, words: number, index: number, word: PackedWord, titles: number): void {
  const { hash, code, example } = word;
  const counted = layout.counts + (hash >>> 25);
  bytes[counted] = (bytes[counted] ?? 0) + ((hash >>> 24) % 2 === 0 ? 1 : 16);
  const at = layout.hashes + 3 * index;
  bytes[at] = hash >>> 16;
  bytes[at + 1] = hash >>> 8;
  bytes[at + 2] = hash;
  bytes[weightsAt(words) + index] = code;
  if (example > titles) return;
  const bit = 3 * index;
  const first = examplesAt(words) + (bit >>> 3);
  bytes[first] = (bytes[first] ?? 0) | (example << (bit & 7));
  if ((bit & 7) > 5) bytes[first + 1] = (bytes[first + 1] ?? 0) | (example >>> (8 - (bit & 7)));
}

/** Where the weights of a profile of some words begin. */
export function weightsAt(words: number): number {
  return layout.hashes + 3 * words;
}

function examplesAt(words: number): number {
  return layout.hashes + 4 * words;
}

function titlesAt(words: number): number {
  return examplesAt(words) + Math.ceil((3 * words) / 8);
}

/** How many words a packed profile has. */
export function wordsIn(packed: Uint8Array): number {
  return (packed[layout.words] ?? 0) | ((packed[layout.words + 1] ?? 0) << 8);
}

/** Which title the word at a place has, from 0; -1 for none. */
export function exampleOf(packed: Uint8Array, index: number): number {
  const bit = 3 * index;
  const at = examplesAt(wordsIn(packed)) + (bit >>> 3);
  const pair = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
  return ((pair >>> (bit & 7)) & 7) - 1;
}

/** A title of a packed profile that has so many. */
export function titleIn(packed: Uint8Array, index: number): string {
  let at = titlesAt(wordsIn(packed));
  for (let before = 0; before < index; before += 1) at += 1 + (packed[at] ?? 0);
  return decoder.decode(packed.subarray(at + 1, at + 1 + (packed[at] ?? 0)));
}

/** A float is read through these: a view for each profile would cost more than its scores. */
const float = new Float32Array(1);
const floatBytes = new Uint8Array(float.buffer);

function floatAt(packed: Uint8Array, at: number): number {
  for (let byte = 0; byte < 4; byte += 1) floatBytes[byte] = packed[at + byte] ?? 0;
  return float[0] ?? 0;
}

/** The largest weight, by which `weightShares` are multiplied. */
export function scaleOf(packed: Uint8Array): number {
  return floatAt(packed, layout.scale);
}

/** The least score of a match. */
export function thresholdOf(packed: Uint8Array): number {
  return floatAt(packed, layout.threshold);
}

/** Whether its matches come by how like the examples they are, not by their trend. */
export function isLikenessFirst(packed: Uint8Array): boolean {
  return packed[1] === 1;
}

/** Whether bytes are a packed profile of this version, whole and in order: whatever they are, nothing else is read. */
export function isPackedProfile(bytes: Uint8Array): boolean {
  if (bytes.length < layout.hashes || bytes.length > packedLimits.bytes || bytes[0] !== packedVersion) return false;
  const words = wordsIn(bytes);
  const titles = bytes[layout.titles] ?? 0;
  if (words > packedLimits.words || titles > packedLimits.titles || countsIn(bytes) !== words) return false;
  let end = titlesAt(words);
  for (let title = 0; title < titles; title += 1) end += 1 + (bytes[end] ?? 0);
  return end === bytes.length && scaleOf(bytes) >= 0 && scaleOf(bytes) < Infinity && thresholdOf(bytes) > 0;
}

function countsIn(bytes: Uint8Array): number {
  let sum = 0;
  for (let at: number = layout.counts; at < layout.hashes; at += 1) {
    const pair = bytes[at] ?? 0;
    sum += (pair & 15) + (pair >>> 4);
  }
  return sum;
}
