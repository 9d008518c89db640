/** A link with the words that are shown for it. */
export interface LabelledLink {
  readonly label: string;
  readonly url: string;
}

/** Columns of a mail's text. */
export const textWidth = 72;

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** One line without control characters and without marks that reorder or hide text; runs of blanks become one. */
export function singleLine(text: string): string {
  return text.replace(invisible, '').replace(breaks, ' ').trim();
}

/** Cuts at the end of a word so that the text, with its `…`, is at most `max` UTF-16 units long. */
export function shortenAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  const space = head.lastIndexOf(' ');
  // A text of one long word is cut inside it, but never through a surrogate pair.
  const cut = space > max / 2 ? head.slice(0, space) : head.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s\p{Pd},:;.(]+$/u, '')}…`;
}

/** Breaks a single line into lines of at most `width` characters; a longer word, such as a link, keeps its line. */
export function wrapLines(text: string, width = textWidth): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
