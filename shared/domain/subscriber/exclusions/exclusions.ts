import type { CompiledFilter } from '../../filter/compile-filter.js';
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

/** Takes a filter away, and those equal to it. */
export function removeExclusion(never: readonly string[], text: string): readonly string[] {
  return never.filter((each) => !isExcluded([each], text));
}

/** What a filter leaves out, in words: `papers by Ada Moss`, `papers from Reed Labs`, `papers about “token budgets”`. */
export function exclusionInWords(text: string): string {
  const [, field, name = text] = /^(?:(author|org):)?"([^"]+)"$/.exec(text) ?? [];
  if (field === 'author') return `papers by ${name}`;
  return field === 'org' ? `papers from ${name}` : `papers about “${name}”`;
}
