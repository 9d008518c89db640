/** The lines of a text, each cut out only when it is asked for. */
export interface TextLines {
  readonly count: number;
  readonly at: (line: number) => string;
  /** Its first UTF-16 unit. */
  readonly unitAt: (line: number) => number;
  /** Of lines in order from `from` up to `to`: the first that is not before a text. */
  readonly firstFrom: (text: string, from: number, to: number) => number;
  /** Of lines in order from `from` up to `to`: the first that neither begins with a text nor is before it. */
  readonly firstPast: (beginning: string, from: number, to: number) => number;
}

/** Finds where the lines of a text are; an empty text has none. */
export function linesOf(text: string): TextLines {
  let starts = new Uint32Array(1 << 10);
  let count = text === '' ? 0 : 1;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    if (count + 1 >= starts.length) {
      const grown = new Uint32Array(4 * starts.length);
      grown.set(starts);
      starts = grown;
    }
    starts[count] = end + 1;
    count += 1;
  }
  starts[count] = text.length + 1;
  const at = (line: number) => text.slice(starts[line] ?? 0, (starts[line + 1] ?? 1) - 1);
  const first = (from: number, to: number, isThere: (line: string) => boolean) => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isThere(at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    count,
    at,
    unitAt: (line) => text.charCodeAt(starts[line] ?? 0),
    firstFrom: (wanted, from, to) => first(from, to, (line) => line >= wanted),
    firstPast: (beginning, from, to) => first(from, to, (line) => line > beginning && !line.startsWith(beginning)),
  };
}
