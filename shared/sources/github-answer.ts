import * as z from 'zod/mini';

const problem = z.object({
  type: z.catch(z.optional(z.string()), undefined),
  path: z.catch(z.optional(z.array(z.union([z.string(), z.number()]))), undefined),
});
const answer = z.object({
  data: z.nullish(z.record(z.string(), z.unknown())),
  errors: z.catch(z.optional(z.array(problem)), undefined),
});
const repository = z.object({ stargazerCount: z.int().check(z.nonnegative()) });

/** Kinds of errors for a repository that GitHub does not show: gone, never there, private or closed to the token. */
const notShown = ['NOT_FOUND', 'FORBIDDEN'];

/** GitHub's answer about the repositories of one query. */
export interface ReadAnswer {
  /** Stars by alias; repositories that GitHub does not show are absent. */
  readonly stars: ReadonlyMap<string, number>;
  /** Kinds of errors that are not an answer: their repositories are worth asking for again. */
  readonly faults: readonly string[];
}

/** The alias of the n-th repository in a query. */
export const aliasOf = (index: number): string => `r${index}`;

/** A query for the stars of repositories, each under its alias; `names` are `<owner>/<name>`, at most 100. */
export function starsQuery(names: readonly string[]): string {
  const fields = names.map((full, index) => {
    const [owner = '', name = ''] = full.split('/');
    return `${aliasOf(index)}: repository(owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(name)}) { stargazerCount }`;
  });
  return `query { ${fields.join(' ')} }`;
}

/**
 * Reads the answer to such a query. A renamed repository answers under the alias it was asked by. One that GitHub does
 * not show is null in `data`, and an error with its `path` says why; errors of the whole query come without data.
 * Answers with the reason when it is no answer. Format: https://docs.github.com/en/graphql
 */
export function readStarsAnswer(text: string): ReadAnswer | { readonly reason: string } {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { reason: 'the answer is no GraphQL answer' };
  const { data, errors = [] } = parsed.data;
  const faults = [...new Set(errors.map(({ type }) => kindOf(type)).filter((kind) => !notShown.includes(kind)))];
  if (!data) return { reason: /rate limit/i.test(text) ? 'the rate limit is used up' : faults.join(', ') || 'no data' };
  const found = Object.entries(data).flatMap(([alias, value]) => {
    const read = repository.safeParse(value);
    return read.success ? [[alias, read.data.stargazerCount] as const] : [];
  });
  return { stars: new Map(found), faults };
}

/** A kind of error as GitHub names it, without its message, which may name the token's owner. */
function kindOf(type: string | undefined): string {
  return type !== undefined && /^[A-Z_]{1,60}$/.test(type) ? type : 'an error without a known type';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
