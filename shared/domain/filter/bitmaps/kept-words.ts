import { type CompiledFilter, leafAt } from '../compile-filter.js';
import type { Evaluator } from './evaluator.js';
import { type Reasons, reasonFinder } from './find-reasons.js';
import { type LeafWords, type ShownWords, shownWords } from './leaf-words.js';
import type { PaperSets, SetNumber } from './paper-sets.js';

/** The words that made the paper at each of some places match; `undefined` where it does not. */
export type Told = (readonly string[] | undefined)[];

/** Writes the words that made the papers at some places match a filter, given the filter's set. */
export type KeptWords = (filter: CompiledFilter, set: SetNumber, places: readonly number[], into: Told) => void;

/** A filter explains at most this many places at once. */
const atOnce = 32;

const none: readonly string[] = [];

/**
 * Says why papers match, once for each filter and paper: what `matchFilter` says. Which leaves are in a paper is read
 * off their sets. When `most` lists and words of leaves are kept, all are forgotten.
 */
export function keptWords(sets: PaperSets, { leafSet }: Evaluator, leafWords: LeafWords, most: number): KeptWords {
  const explain = explainer(sets, leafSet);
  const ranks = new Int32Array(atOnce);
  /** Places whose words are not kept yet, and where these are in the list that was asked for. */
  const wanted: number[] = [];
  const wantedAt: number[] = [];
  const made: Told = [];
  let rows = keptRows();
  let shown = shownWords(sets, leafWords);
  let count = 0;

  function make(filter: CompiledFilter, set: SetNumber, length: number, into: Told): void {
    if (count + shown.size() >= most) {
      rows = keptRows();
      shown = shownWords(sets, leafWords);
      count = 0;
    }
    explain(filter, wanted, length, shown, made);
    for (let index = 0; index < length; index += 1) {
      const words = made[index] ?? none;
      const at = wantedAt[index] ?? 0;
      into[at] = words;
      rows.put(set, ranks[at] ?? 0, words);
    }
    count += length;
  }

  function tell(filter: CompiledFilter, set: SetNumber, places: readonly number[], into: Told): void {
    sets.ranks(set, places, places.length, ranks);
    const row = rows.of(set);
    let length = 0;
    for (let index = 0; index < places.length; index += 1) {
      const rank = ranks[index] ?? -1;
      const known = rank < 0 ? undefined : row?.[rank];
      into[index] = known;
      if (known || rank < 0) continue;
      wanted[length] = places[index] ?? 0;
      wantedAt[length] = index;
      length += 1;
    }
    if (length > 0) make(filter, set, length, into);
  }

  return (filter, set, places, into) => {
    if (places.length <= atOnce) return tell(filter, set, places, into);
    const part: Told = [];
    for (let first = 0; first < places.length; first += atOnce) {
      const asked = places.slice(first, first + atOnce);
      tell(filter, set, asked, part);
      for (let index = 0; index < asked.length; index += 1) into[first + index] = part[index];
    }
  };
}

/** Writes the words that made the papers at the first `length` of some places match; `undefined` for none. */
type Explain = (
  filter: CompiledFilter,
  places: readonly number[],
  length: number,
  shown: ShownWords,
  into: Told,
) => void;

function explainer(sets: PaperSets, leafSet: Evaluator['leafSet']): Explain {
  const findReasons = reasonFinder(sets, leafSet);
  const reasons: Reasons = { steps: [], bits: [] };
  const ranks = new Int32Array(atOnce);
  /** For each place with several leaves, the words that these show, by number. */
  const words: number[][] = Array.from({ length: atOnce }, () => []);
  const counts = new Int32Array(atOnce);

  return (filter, places, length, shown, into) => {
    const leaves = findReasons(filter, places, length, reasons);
    const several = inSeveral(reasons.bits, leaves);
    for (let index = 0; index < length; index += 1) {
      into[index] = undefined;
      counts[index] = 0;
    }
    for (let reason = 0; reason < leaves; reason += 1) {
      const step = reasons.steps[reason] ?? 0;
      const leaf = leafAt(filter, step);
      if (!leaf) continue;
      const set = leafSet(filter.steps[step] ?? 0);
      const first = shown.firstSlot(leaf, set);
      sets.ranks(set, places, length, ranks);
      for (let bits = reasons.bits[reason] ?? 0; bits !== 0; bits &= bits - 1) {
        const index = 31 - Math.clz32(bits & -bits);
        const slot = first + (ranks[index] ?? 0);
        const place = places[index] ?? 0;
        if (((several >>> index) & 1) === 1) {
          counts[index] = shown.addWords(slot, leaf, place, words[index] ?? [], counts[index] ?? 0);
        } else into[index] = shown.aloneAt(slot, leaf, place);
      }
    }
    for (let bits = several; bits !== 0; bits &= bits - 1) {
      const index = 31 - Math.clz32(bits & -bits);
      into[index] = shown.tell(words[index] ?? [], counts[index] ?? 0);
    }
  };
}

/** What is set in more than one of the first `length` numbers. */
function inSeveral(bits: readonly number[], length: number): number {
  let once = 0;
  let several = 0;
  for (let index = 0; index < length; index += 1) {
    several |= once & (bits[index] ?? 0);
    once |= bits[index] ?? 0;
  }
  return several;
}

type Row = (readonly string[] | undefined)[];

/** Lists of words by set, and by how many papers of the set come before one of them. */
function keptRows() {
  const rows: (Row | undefined)[] = [];

  function put(set: SetNumber, rank: number, words: readonly string[]): void {
    // An array with a gap at its end would become a dictionary.
    while (rows.length <= set) rows.push(undefined);
    const row = rows[set] ?? [];
    const kept = rank < row.length ? row : longer(row, rank + 1);
    kept[rank] = words;
    rows[set] = kept;
  }

  return { put, of: (set: SetNumber) => rows[set] };
}

/** A row with room for `length` lists, to the next eight: one that grows by itself takes room for 17 at once. */
function longer(row: Row, length: number): Row {
  const grown: Row = new Array((length + 7) & ~7);
  for (let index = 0; index < row.length; index += 1) grown[index] = row[index];
  return grown;
}
