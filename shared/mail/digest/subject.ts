import { shortenAtWord } from '../layout/plain-text.js';

/** Most characters of a subject before encoding: what fits one line of a mail (RFC 5322, 2.1.1). */
export const subjectLength = 78;
const preheaderLength = 150;

/** The best paper's title and how many others come with it, at most 78 characters. */
export function subjectOf(title: string, others: number): string {
  const ending = others === 0 ? '' : ` + ${others} more`;
  return `${shortenAtWord(title, subjectLength - ending.length)}${ending}`;
}

/** What an inbox shows beside the subject: the other titles, or for a single paper its summary. */
export function preheaderOf(otherTitles: readonly string[], summary: string): string {
  const text = otherTitles.length === 0 ? summary : `Also: ${otherTitles.slice(0, 4).join(' · ')}`;
  return shortenAtWord(text, preheaderLength);
}
