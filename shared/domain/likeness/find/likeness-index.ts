import type { IndexedPaper } from '../../filter/match/index-paper.js';
import type { PaperVector } from '../paper-vector.js';
import { openKernel } from './kernel/open-kernel.js';
import { type LikenessReason, reasonTeller } from './likeness-reasons.js';
import { indexWords } from './word-table.js';

/** What a profile finds in an edition; valid until the next profile is asked. */
interface LikenessMatches {
  /** The places of the papers that come to the threshold, ascending, as many as `count`. */
  readonly places: Uint16Array;
  count: number;
  /** By place, of those papers: the score in units of the threshold, 1 and more. */
  readonly scores: Float32Array;
}

/** An edition's papers by their words, for any number of profiles; of those nothing is kept but what was found last. */
export interface LikenessIndex {
  /** The papers that are like a packed profile, which must be in order. */
  readonly matchesOf: (packed: Uint8Array) => LikenessMatches;
  /** Why the paper at a place is like a profile; `undefined` where no word speaks for it. */
  readonly reasonAt: (packed: Uint8Array, place: number) => LikenessReason | undefined;
}

/** Indexes papers, given in rank order with their vectors. */
export function likenessIndex(papers: readonly IndexedPaper[], vectors: readonly PaperVector[]): LikenessIndex {
  const table = indexWords(vectors);
  const kernel = openKernel(table);
  const tell = reasonTeller(papers, table, kernel);
  const matches: LikenessMatches = { places: kernel.places, count: 0, scores: kernel.scores };
  let last: Uint8Array | undefined;

  function matchesOf(packed: Uint8Array): LikenessMatches {
    if (last === packed) return matches;
    tell.forget();
    kernel.profile.set(packed);
    matches.count = kernel.match();
    last = packed;
    return matches;
  }

  function reasonAt(packed: Uint8Array, place: number): LikenessReason | undefined {
    matchesOf(packed);
    return tell.reasonAt(packed, place);
  }

  return { matchesOf, reasonAt };
}
