/** A full stop, question or exclamation mark, perhaps in quotes or brackets, before a blank. */
const stop = /[.!?…]['"’”»)\]]*\s/;

/** Abbreviations after which a sentence goes on, whatever comes next. */
const always = new Set('eg ie cf vs viz dr mr mrs ms prof fig figs eq eqs'.split(' '));

/** Abbreviations after which a sentence goes on, unless a capital begins the next one. */
const beforeSmall = new Set(
  'al etc no nos sec secs tab ref refs approx resp incl inc ltd co corp jr sr ca max min avg std vol pp ch app st'.split(
    ' ',
  ),
);

/** As in `e.g.`, `U.S.` and `Ph.D.`, without the last dot. */
const dotted = /^(?:\p{L}{1,2}\.)+\p{L}$/u;

/** The first letter of a name, as in `Ada B. Quill`, with what is before it. */
const initial = /(?:^|(?:\p{Lu}[\p{L}'’-]*[.,]?|\b(?:and|by)) )\p{Lu}$/u;

/** Whether a sentence of a text ends between two words, of which one ends at `from` and the next begins at `to`. */
export function isSentenceEnd(text: string, from: number, to: number): boolean {
  // A single sign, as between most words, ends no sentence.
  if (to - from < 2) return text[from] === '。';
  const between = text.slice(from, to);
  if (between.includes('。')) return true;
  if (!stop.test(between)) return false;
  const isCapital = /^\p{Lu}/u.test(text.slice(to, to + 2));
  if (/\.\.|…/.test(between)) return isCapital;
  return !between.startsWith('.') || !isAbbreviation(text.slice(Math.max(0, from - 24), from), isCapital, between);
}

function isAbbreviation(before: string, isCapital: boolean, between: string): boolean {
  const [word = ''] = /[\p{L}\p{M}.]*$/u.exec(before) ?? [];
  if (dotted.test(word)) return true;
  if (word.length === 1) return isCapital ? initial.test(before) : /\p{Lu}/u.test(word);
  const small = word.toLowerCase();
  return always.has(small) || (beforeSmall.has(small) && (!isCapital || /[([]/.test(between)));
}
