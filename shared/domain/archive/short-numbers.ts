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

/** Reads numbers that `shortNumbers` wrote into a list, until it is full. */
export function readShortNumbers<Numbers extends Uint16Array | Uint32Array>(
  bytes: Uint8Array,
  numbers: Numbers,
): Numbers {
  const count = numbers.length;
  for (let index = 0, at = 0; index < count; index += 1) {
    const first = bytes[at] ?? 0;
    at += 1;
    if (first < ofOneByte) numbers[index] = first;
    else if (first < longMark) {
      numbers[index] = ofOneByte + ((first - ofOneByte) << 8) + (bytes[at] ?? 0);
      at += 1;
    } else {
      numbers[index] = firstLong + ((bytes[at] ?? 0) << 16) + ((bytes[at + 1] ?? 0) << 8) + (bytes[at + 2] ?? 0);
      at += 3;
    }
  }
  return numbers;
}
