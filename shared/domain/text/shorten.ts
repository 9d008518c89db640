/** Dots after these words end no sentence. */
const abbreviations = new Set(
  'e.g i.e al fig figs eq eqs sec secs tab ref refs no nos vol ch cf vs resp approx ca etc dr mr mrs ms prof st ph.d u.s w.r.t a.k.a'.split(
    ' ',
  ),
);

/** A possible end: its sign with closing quotes and brackets, then white space or the end of the text. */
const sentenceEnd = /(?:[.!?…]["'”’)\]]*(?=\s|$)|[。！？])/gu;

/**
 * Shortens a text to its first whole sentences, in all at most `maxLength` UTF-16 units; when not even the first one
 * fits, it is cut after a word and ends with "…". A text that fits is returned as it is, without outer white space.
 */
export function shortenAtSentence(text: string, maxLength: number): string {
  const whole = text.trim();
  if (whole.length <= maxLength) return whole;
  let fitting = 0;
  for (const { 0: sign, index } of whole.slice(0, maxLength + 1).matchAll(sentenceEnd)) {
    const end = index + sign.length;
    if (end <= maxLength && isSentenceEnd(whole, index, end)) fitting = end;
  }
  return fitting > 0 ? whole.slice(0, fitting) : cutAtWord(whole, maxLength);
}

/** Dots in "e.g." and "J. Doe", and before a small letter, end nothing. */
function isSentenceEnd(text: string, sign: number, end: number): boolean {
  if (text[sign] !== '.') return true;
  const word = /[^\s([{"“‘']*$/u.exec(text.slice(Math.max(0, sign - 20), sign))?.[0] ?? '';
  if (abbreviations.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word)) return false;
  return !/^\s+\p{Ll}/u.test(text.slice(end, end + 12));
}

/** A text of at most `maxLength` UTF-16 units: a longer one is cut after a word, and ends with "…". */
export function cutAtWord(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (maxLength < 1) return '';
  const start = text.slice(0, maxLength);
  const space = start.search(/\s\S*$/);
  const words = space > 0 ? start.slice(0, space) : start.slice(0, maxLength - 1);
  // Half of a surrogate pair would show as a box.
  return `${words.replace(/[\ud800-\udbff]$/, '').replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** A text of at most `most` UTF-16 units: a longer one is cut at that place, and ends with "…". */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a surrogate pair would show as a box.
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
