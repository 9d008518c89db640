import {
  countsAt,
  directory,
  found,
  foundAt,
  hashesAt,
  keepFound,
  keys,
  listCountsAt,
  listKinds,
  lists,
  listsAt,
  mostWords,
  papersOf,
  placedAt,
  places,
  profileAt,
  sharesAt,
  shift,
  size,
  sums,
  topsAt,
} from './memory.as';

/** Lists that begin with their length, and rows with a value for each paper. */
const longKind: usize = 6;
const rowKind: usize = 7;

/** Finds the papers that come to the threshold, ascending, and leaves their scores in `sums`; answers how many they are. */
export function match(): i32 {
  const words = <usize>load<u16>(profileAt, 2);
  unfoldTops();
  lookUp(words);
  collectLists(hashesAt + 3 * words);
  memory.fill(sums, 0, size * 4);
  addLists(0, 1);
  addLists(1, 2);
  addLists(2, 4);
  addLists(3, 8);
  addLists(4, 16);
  addLists(5, 32);
  addLongLists();
  addRows();
  // Of a damaged profile the quotient may be 0, and what has no word must not match.
  return placesFrom(max(load<f32>(profileAt, 9) / load<f32>(profileAt, 5), f32.MIN_NORMAL_VALUE));
}

/** Writes down the first byte of each hash, which the profile only counts: sixteen times, the rest is written over. */
function unfoldTops(): void {
  let at = topsAt;
  for (let two: i32 = 0; two < 128; two++) {
    const counts = load<u8>(countsAt + two);
    v128.store(at, i8x16.splat(<i8>(2 * two)));
    at += counts & 15;
    v128.store(at, i8x16.splat(<i8>(2 * two + 1)));
    at += counts >>> 4;
  }
}

/** Compares each hash with the sixteen keys from where the directory says; none is further, and there are no branches. */
function lookUp(words: usize): void {
  let count: usize = 0;
  for (let word: usize = 0; word < words; word++) {
    const rest = hashesAt + 3 * word;
    const hash: u32 =
      ((<u32>load<u8>(topsAt + word)) << 24) |
      ((<u32>load<u8>(rest)) << 16) |
      ((<u32>load<u8>(rest, 1)) << 8) |
      <u32>load<u8>(rest, 2);
    const from = load<u32>(directory + ((<usize>(hash >>> shift)) << 2));
    const at = keys + ((<usize>from) << 2);
    const asked = i32x4.splat(hash);
    const low = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(at), asked), i32x4.eq(v128.load(at, 16), asked));
    const high = i16x8.narrow_i32x4_s(i32x4.eq(v128.load(at, 32), asked), i32x4.eq(v128.load(at, 48), asked));
    const equal = i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
    store<u32>(foundAt + (count << 2), from + ctz(equal));
    store<u16>(placedAt + (count << 1), <u16>word);
    count += <usize>(equal !== 0);
  }
  keepFound(count);
}

/** Sorts the lists of the words that were found by kind, so that each loop over papers has a length that is foreseen. */
function collectLists(weights: usize): void {
  memory.fill(listCountsAt, 0, listKinds * 4);
  for (let index: usize = 0; index < found; index++) {
    const list = load<u32>(lists + ((<usize>load<u32>(foundAt + (index << 2))) << 2));
    const code = load<u8>(weights + load<u16>(placedAt + (index << 1)));
    const kind = <usize>(list & 7);
    const count = load<u32>(listCountsAt + (kind << 2));
    const to = listsAt + (kind * mostWords + <usize>count) * 8;
    store<u32>(to, <u32>papersOf + (list & ~7));
    store<f32>(to, load<f32>(sharesAt + ((<usize>code) << 2)), 4);
    store<u32>(listCountsAt + (kind << 2), count + 1);
  }
}

/** Adds a weight times the values of papers, which are listed as the paper's place in bytes and the value. */
function addPapers(at: usize, length: usize, weight: f32): void {
  const end = at + (length << 3);
  for (; at < end; at += 8) {
    const sum = sums + load<u32>(at);
    store<f32>(sum, load<f32>(sum) + weight * load<f32>(at, 4));
  }
}

function addLists(kind: usize, length: usize): void {
  const from = listsAt + kind * mostWords * 8;
  const end = from + (load<u32>(listCountsAt + (kind << 2)) << 3);
  for (let list = from; list < end; list += 8) addPapers(load<u32>(list), length, load<f32>(list, 4));
}

/** Lists that begin with their length. */
function addLongLists(): void {
  const from = listsAt + longKind * mostWords * 8;
  const end = from + (load<u32>(listCountsAt + (longKind << 2)) << 3);
  for (let list = from; list < end; list += 8) {
    const at = <usize>load<u32>(list);
    addPapers(at + 8, load<u32>(at), load<f32>(list, 4));
  }
}

/** Adds the words that so many papers have that a value is kept for each paper: 32 papers at a time, for all such words. */
function addRows(): void {
  const from = listsAt + rowKind * mostWords * 8;
  const end = from + (load<u32>(listCountsAt + (rowKind << 2)) << 3);
  for (let paper: usize = 0; paper < size * 4; paper += 128) {
    const sum = sums + paper;
    let a = v128.load(sum);
    let b = v128.load(sum, 16);
    let c = v128.load(sum, 32);
    let d = v128.load(sum, 48);
    let e = v128.load(sum, 64);
    let f = v128.load(sum, 80);
    let g = v128.load(sum, 96);
    let h = v128.load(sum, 112);
    for (let list = from; list < end; list += 8) {
      const row = <usize>load<u32>(list) + paper;
      const weight = v128.load32_splat(list, 4);
      a = f32x4.add(a, f32x4.mul(weight, v128.load(row)));
      b = f32x4.add(b, f32x4.mul(weight, v128.load(row, 16)));
      c = f32x4.add(c, f32x4.mul(weight, v128.load(row, 32)));
      d = f32x4.add(d, f32x4.mul(weight, v128.load(row, 48)));
      e = f32x4.add(e, f32x4.mul(weight, v128.load(row, 64)));
      f = f32x4.add(f, f32x4.mul(weight, v128.load(row, 80)));
      g = f32x4.add(g, f32x4.mul(weight, v128.load(row, 96)));
      h = f32x4.add(h, f32x4.mul(weight, v128.load(row, 112)));
    }
    v128.store(sum, a);
    v128.store(sum, b, 16);
    v128.store(sum, c, 32);
    v128.store(sum, d, 48);
    v128.store(sum, e, 64);
    v128.store(sum, f, 80);
    v128.store(sum, g, 96);
    v128.store(sum, h, 112);
  }
}

function placesFrom(least: f32): i32 {
  let count: usize = 0;
  const enough = f32x4.splat(least);
  for (let place: usize = 0; place < size; place += 4) {
    let equal = i32x4.bitmask(f32x4.ge(v128.load(sums + (place << 2)), enough));
    for (; equal !== 0; equal &= equal - 1) {
      const at = place + ctz(equal);
      store<u16>(places + (count << 1), <u16>at);
      store<f32>(sums + (at << 2), load<f32>(sums + (at << 2)) / least);
      count++;
    }
  }
  return <i32>count;
}
