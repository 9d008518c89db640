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
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  const count = text === '' ? 0 : starts.length;
  starts.push(text.length + 1);
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
