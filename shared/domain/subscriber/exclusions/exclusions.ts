import type { CompiledFilter } from '../../filter/compile-filter.js';
import { paperNamedAt } from '../../filter/read/paper-address.js';
import type { PaperId } from '../../paper/paper-id.js';
import { readText } from '../topic.js';

/** How many filters a reader may leave papers out by. */
export const mostExclusions = 50;

/** What a reader leaves out, ready to be matched; `unreadable` counts what we took once and cannot read any more. */
interface ReadExclusions {
  readonly filters: readonly CompiledFilter[];
  readonly unreadable: number;
}

function compiled(text: string): CompiledFilter | undefined {
  const read = readText(text);
  return read.ok ? read.filter : undefined;
}

const nothing: ReadExclusions = { filters: [], unreadable: 0 };

/** Compiles the filters by which a reader leaves papers out. */
export function readExclusions(never: readonly string[] = []): ReadExclusions {
  if (never.length === 0) return nothing;
  const filters = never.flatMap((text) => compiled(text) ?? []);
  return { filters, unreadable: never.length - filters.length };
}

/** Whether papers are left out by an equal filter, however it is spelled. */
export function isExcluded(never: readonly string[], text: string): boolean {
  const filter = compiled(text);
  return never.some((each) => each === text || (filter !== undefined && compiled(each) === filter));
}

/** Adds a filter unless there is an equal one; `full` when the reader has fifty. */
export function addExclusion(never: readonly string[], text: string): readonly string[] | 'full' {
  if (isExcluded(never, text)) return never;
  return never.length >= mostExclusions ? 'full' : [...never, text];
}

/** How many papers a reader has put aside as read: an edition holds none for much longer than a month. */
const mostRead = 20;

const isPaper = (text: string) => paperNamedAt(text, 0)?.end === text.length;

/** Leaves one paper out, in place of the one put aside first where there are twenty; `full` as `addExclusion` says. */
export function addRead(never: readonly string[], paper: PaperId): readonly string[] | 'full' {
  if (isExcluded(never, paper)) return never;
  const read = never.filter(isPaper);
  const kept = read.length < mostRead ? never : never.filter((each) => each !== read[0]);
  return addExclusion(kept, paper);
}

/** Takes a filter away, and those equal to it. */
export function removeExclusion(never: readonly string[], text: string): readonly string[] {
  return never.filter((each) => !isExcluded([each], text));
}

/**
 * What a filter leaves out, in words: `papers by Ada Moss`, `papers from Reed Labs`, `papers about “token budgets”`, `the
 * paper 2608.00001`.
 */
export function exclusionInWords(text: string): string {
  if (isPaper(text)) return `the paper ${text}`;
  const [, field, name = text] = /^(?:(author|org):)?"([^"]+)"$/.exec(text) ?? [];
  if (field === 'author') return `papers by ${name}`;
  return field === 'org' ? `papers from ${name}` : `papers about “${name}”`;
}
