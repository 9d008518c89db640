/** Cuts at the end of a word so that the text, with its `…`, is at most `max` UTF-16 units long. */
export function shortenAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  const space = head.lastIndexOf(' ');
  // A text of one long word is cut inside it, but never through a surrogate pair.
  const cut = space > max / 2 ? head.slice(0, space) : head.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.replace(/[\s\p{Pd},:;.(]+$/u, '')}…`;
}
