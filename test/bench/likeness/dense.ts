import type { IndexedEdition } from '../../../shared/domain/edition/choose-papers.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import type { Frequencies } from '../../../shared/domain/likeness/likeness-profile.js';
import {
  layout,
  scaleOf,
  thresholdOf,
  weightShares,
  weightsAt,
  wordsIn,
} from '../../../shared/domain/likeness/packed-profile.js';
import { paperVector } from '../../../shared/domain/likeness/paper-vector.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import { wordHash } from '../../../shared/domain/likeness/word-hash.js';

const mostPapers = 10;

/**
 * The peer: every paper is a row of floats, one for each word of the edition, and so is the profile; the product of both is the
 * score. It finds the same papers and gives the same reasons, by the same code.
 */
export function denseProduct(edition: Edition, frequencies: Frequencies, { likeness }: IndexedEdition) {
  const vectors = edition.papers.map(({ paper }) => paperVector(wordCounts(paper.title, paper.abstract), frequencies));
  const columns = new Map<number, number>();
  for (const vector of vectors) {
    for (const word of vector.keys()) {
      const hash = wordHash(word);
      if (!columns.has(hash)) columns.set(hash, columns.size);
    }
  }
  const width = columns.size;
  const rows = vectors.map((vector) => {
    const row = new Float32Array(width);
    for (const [word, value] of vector) row[columns.get(wordHash(word)) ?? 0] = value;
    return row;
  });
  const profile = new Float32Array(width);

  function read(packed: Uint8Array): void {
    profile.fill(0);
    const [scale, from] = [scaleOf(packed), weightsAt(wordsIn(packed))];
    let word = 0;
    for (let bucket = 0; bucket < 256; bucket += 1) {
      const end = word + (((packed[layout.counts + (bucket >>> 1)] ?? 0) >>> (4 * (bucket & 1))) & 15);
      for (; word < end; word += 1) {
        const at = layout.hashes + 3 * word;
        const hash = (bucket << 24) | ((packed[at] ?? 0) << 16) | ((packed[at + 1] ?? 0) << 8) | (packed[at + 2] ?? 0);
        const column = columns.get(hash);
        if (column !== undefined) profile[column] = scale * (weightShares[packed[from + word] ?? 0] ?? 0);
      }
    }
  }

  function dot(row: Float32Array): number {
    let sum = 0;
    for (let at = 0; at < width; at += 1) sum += (row[at] ?? 0) * (profile[at] ?? 0);
    return sum;
  }

  return (next: () => Uint8Array, count: number): { cpuMs: number; wallMs: number } => {
    const profiles = Array.from({ length: count }, next);
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    for (const packed of profiles) {
      read(packed);
      const least = thresholdOf(packed);
      const found = [...rows.entries()].filter(([, row]) => dot(row) >= least).map(([place]) => place);
      for (const place of found.slice(0, mostPapers)) likeness.index().reasonAt(packed, place);
    }
    const { user, system } = process.cpuUsage(cpu);
    return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall };
  };
}
