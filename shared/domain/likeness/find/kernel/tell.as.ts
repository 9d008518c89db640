import {
  added,
  examplesAt,
  first,
  found,
  foundAt,
  hashesAt,
  hitsAt,
  onePart,
  otherPart,
  partSums,
  placedAt,
  placeOf,
  profileAt,
  sharesAt,
  toldAt,
  wordOf,
  worthOf,
  worthsAt,
} from './memory.as';

const mostTold: i32 = 6;
const mostTitles: usize = 7;

/** Notes for each word that was found its place in the profile, from 1; `forget` undoes it before others are found. */
export function spread(): void {
  for (let index: usize = 0; index < found; index++) {
    store<u16>(placeOf + ((<usize>load<u32>(foundAt + (index << 2))) << 1), load<u16>(placedAt + (index << 1)) + 1);
  }
}

export function forget(): void {
  for (let index: usize = 0; index < found; index++) {
    store<u16>(placeOf + ((<usize>load<u32>(foundAt + (index << 2))) << 1), 0);
  }
}

/** Lists the words of a paper that the profile has, without branches: where they are, and their places in the profile. */
function collectHits(from: u32, end: u32): usize {
  let hits: usize = 0;
  for (let at = from; at < end; at++) {
    const place = load<u16>(placeOf + ((<usize>load<u32>(wordOf + ((<usize>at) << 2))) << 1));
    store<u32>(hitsAt + (hits << 3), at);
    store<u32>(hitsAt + (hits << 3), place, 4);
    hits += <usize>(place !== 0);
  }
  return hits;
}

/** Says which words of a paper add most, pairs by halves, as numbers of its words; answers how many there are. */
export function tell(paper: u32): i32 {
  const words = <usize>load<u16>(profileAt, 2);
  const weights = hashesAt + 3 * words;
  memory.fill(examplesAt, 0, mostTitles * 8);
  let count: i32 = 0;
  const from = load<u32>(first + ((<usize>paper) << 2));
  const hits = collectHits(from, load<u32>(first + ((<usize>(paper + 1)) << 2)));
  for (let index: usize = 0; index < hits; index++) {
    const at = <usize>load<u32>(hitsAt + (index << 3));
    const place = <usize>load<u32>(hitsAt + (index << 3), 4) - 1;
    const share = <f64>load<f32>(sharesAt + ((<usize>load<u8>(weights + place)) << 2));
    const worth = share * <f64>load<f32>(worthOf + (at << 2));
    if (worth <= 0) continue;
    count = add(load<u16>(onePart + (at << 1)), worth / 2, count);
    count = add(load<u16>(otherPart + (at << 1)), worth / 2, count);
    const bits = 3 * <u32>place;
    const example = (<u32>load<u16>(weights + words + <usize>(bits >>> 3)) >>> (bits & 7)) & 7;
    if (example === 0) continue;
    const given = examplesAt + ((<usize>(example - 1)) << 3);
    store<f64>(given, load<f64>(given) + worth);
  }
  return strongest(count);
}

function add(part: u16, worth: f64, count: i32): i32 {
  const at = partSums + ((<usize>part) << 3);
  const sum = load<f64>(at);
  store<f64>(at, sum + worth);
  store<u16>(added + ((<usize>count) << 1), part);
  return count + i32(sum === 0);
}

/** Puts the strongest in order, and leaves out what counts less than a tenth of the first. */
function strongest(count: i32): i32 {
  let length: i32 = 0;
  for (let index: i32 = 0; index < count; index++) {
    const part = load<u16>(added + ((<usize>index) << 1));
    const worth = load<f64>(partSums + ((<usize>part) << 3));
    store<f64>(partSums + ((<usize>part) << 3), 0);
    if (length === mostTold && worth <= load<f64>(worthsAt + ((<usize>(mostTold - 1)) << 3))) continue;
    let at = min(length, mostTold - 1);
    for (; at > 0 && worth > load<f64>(worthsAt + ((<usize>(at - 1)) << 3)); at--) {
      store<f64>(worthsAt + ((<usize>at) << 3), load<f64>(worthsAt + ((<usize>(at - 1)) << 3)));
      store<u16>(toldAt + ((<usize>at) << 1), load<u16>(toldAt + ((<usize>(at - 1)) << 1)));
    }
    store<f64>(worthsAt + ((<usize>at) << 3), worth);
    store<u16>(toldAt + ((<usize>at) << 1), part);
    length = min(length + 1, mostTold);
  }
  const least = load<f64>(worthsAt) / 10;
  while (length > 0 && load<f64>(worthsAt + ((<usize>(length - 1)) << 3)) < least) length--;
  return length;
}
