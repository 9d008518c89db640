import type { PaperId } from '../paper/paper-id.js';

/** A paper as somebody named it: by its id, its title or both, with the abstract that their own file has of it. */
export interface NamedPaper {
  readonly id?: PaperId;
  /** One line without TeX, at most 500 characters. */
  readonly title?: string;
  readonly abstract?: string;
}

/** How many papers may be named for one topic. */
export const mostNamed = 200;

/** What makes two titles the same, however they are written. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
