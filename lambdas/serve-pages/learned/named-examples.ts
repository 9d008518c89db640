import type { Example } from '../../../shared/domain/likeness/learned-topic.js';
import { type FindKnownDeps, findKnown } from '../../../shared/learning/find-known.js';
import { readNamedPapers } from '../../../shared/sources/named/read-named-papers.js';

/** The examples that a text names, and what of it nobody knows; or in a sentence why it is refused. */
export type NamedExamples =
  | { readonly ok: true; readonly examples: readonly Example[]; readonly notFound: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Reads the papers that somebody names in a form, and finds those that are known here; arXiv is asked nothing. */
export async function namedExamples(text: string, deps: FindKnownDeps): Promise<NamedExamples> {
  const named = readNamedPapers(text);
  if (!named.ok) return named;
  const { examples, notFound } = await findKnown(named.papers, deps);
  const unknown = [...notFound, ...named.unread];
  if (examples.length > 0) return { ok: true, examples, notFound: unknown };
  return { ok: false, problem: unknownInWords(unknown) };
}

function unknownInWords(unknown: readonly string[]): string {
  const shown = unknown.slice(0, 3).map((name) => `“${name}”`);
  const rest = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
  return `We do not know ${shown.join(', ')}${rest}. Give arXiv ids or links: those can be asked for.`;
}
