import type { TextRange } from './excerpt.js';
import { texToText } from './tex-to-text.js';

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

// Sources pass on a few tags that authors typed into their titles and abstracts.
const typedTags = /<\/?(?:b|i|em|strong|tt|sub|sup|p|br)\s*\/?>/gi;

/** One line without control characters and without marks that reorder or hide text; runs of blanks become one. */
export function singleLine(text: string): string {
  return text.replace(invisible, '').replace(breaks, ' ').trim();
}

/** A source's text without the tags that its authors typed. */
export function withoutTags(text: string): string {
  return text.replace(typedTags, '');
}

/** A source's text as mails and pages show it: a single line, its TeX as Unicode, without typed tags. */
export function shownText(text: string): string {
  return singleLine(texToText(withoutTags(text)));
}

/** A paper's title as mails and pages show it; its id where nothing of the title can be shown. */
export function shownTitle({ id, title }: { readonly id: string; readonly title: string }): string {
  return shownText(title) || id;
}

/** A shown text and what matched in it. */
interface ShownMatches {
  readonly text: string;
  readonly matches: readonly TextRange[];
}

/**
 * A source's text without TeX and typed tags, with the matches found in its `texToText` moved to where they are now;
 * one that lay in a tag alone is dropped.
 */
export function shownMatches(source: string, matches: readonly TextRange[]): ShownMatches {
  const text = texToText(source);
  const tags = [...text.matchAll(typedTags)].map(({ 0: tag, index }) => ({ start: index, end: index + tag.length }));
  const moved = (at: number) =>
    tags.reduce((rest, { start, end }) => rest - (Math.min(Math.max(at, start), end) - start), at);
  const kept = matches.map(({ start, end }) => ({ start: moved(start), end: moved(end) }));
  return { text: withoutTags(text), matches: kept.filter(({ start, end }) => start < end) };
}
