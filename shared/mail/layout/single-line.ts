const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** One line without control characters and without marks that reorder or hide text; runs of blanks become one. */
export function singleLine(text: string): string {
  return text.replace(invisible, '').replace(breaks, ' ').trim();
}
