import * as z from 'zod/mini';
import { Unanswered, whatWentWrong } from './fetch-once.js';
import { codeUrl } from './links.js';
import { SourceDown } from './paper-source.js';
import type { FetchText } from './polite-fetch.js';
import { parseJson } from './source-text.js';

/** What GitHub said about repositories in one run. */
export interface StarAnswer {
  /** Stars by the requested address; a repository that GitHub does not show is absent. */
  readonly stars: ReadonlyMap<string, number>;
  /** Requests that failed while others were answered: what was asked, and why it failed. */
  readonly unanswered: readonly string[];
}

/** Counts the stars of repositories. */
export interface StarSource {
  /** Stars of `https://github.com/<owner>/<name>` each; throws `SourceDown` when no request was answered. */
  starsOf(codeUrls: readonly string[]): Promise<StarAnswer>;
}

export interface GitHubOptions {
  /** Without a trailing slash: `https://api.github.com`. */
  readonly apiUrl: string;
  /** Reads the access token, which needs no permission beyond reading what is public. */
  readonly token: () => Promise<string>;
  readonly fetchText: FetchText;
}

/** A query costs one of 5,000 points an hour, however many repositories it names; GitHub aborts it after 10 s. */
const batchSize = 100;
/** For all requests of one run. */
const runMs = 60_000;

/** GitHub's GraphQL API (https://docs.github.com/en/graphql), asked once an hour: what fails is left for the next. */
export function github({ apiUrl, token, fetchText }: GitHubOptions): StarSource {
  return {
    async starsOf(codeUrls) {
      const names = [...new Set(codeUrls.flatMap((url) => nameOf(url) ?? []))];
      if (names.length === 0) return { stars: new Map(), unanswered: [] };
      const headers = { authorization: `bearer ${await readToken(token)}`, 'content-type': 'application/json' };
      const budget = { leftMs: runMs };
      // Asked once: the next hour tries again, and a client that ignores a limit is banned.
      const post = (body: string) => fetchText(`${apiUrl}/graphql`, { post: { headers, body }, budget, tries: 1 });
      const answers = await askInBatches(names, (batch) => askFor(batch, post));
      if (answers.every(({ stars }) => stars === undefined)) {
        throw new SourceDown(`GitHub did not answer: ${answers[0]?.failure}`);
      }
      return join(codeUrls, answers);
    },
  };
}

/** `<owner>/<name>` in lower case: GitHub ignores case. */
function nameOf(url: string): string | undefined {
  return codeUrl(url)?.slice('https://github.com/'.length).toLowerCase();
}

// RFC 6750, 2.1. Anything else is not a token, and an error about a malformed header would repeat it.
const bearerToken = /^[\w.~+/-]{8,4000}=*$/;

async function readToken(token: () => Promise<string>): Promise<string> {
  let text: string;
  try {
    text = (await token()).trim();
  } catch (error) {
    throw new SourceDown(`the secret with GitHub's token cannot be read: ${whatWentWrong(error)}`);
  }
  if (!bearerToken.test(text)) throw new SourceDown("the secret's text is no GitHub token: it must be the token alone");
  return text;
}

interface BatchAnswer {
  /** What was asked for, in words. */
  readonly asked: string;
  /** By `<owner>/<name>`; absent when the request failed. */
  readonly stars?: ReadonlyMap<string, number>;
  /** Why all or some of them have no count. */
  readonly failure?: string;
  /** Whether further requests would only fail the same way. */
  readonly isLast?: boolean;
}

async function askInBatches(
  names: readonly string[],
  ask: (batch: readonly string[]) => Promise<BatchAnswer>,
): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = [];
  for (let from = 0; from < names.length; from += batchSize) {
    const answer = await ask(names.slice(from, from + batchSize));
    answers.push(answer);
    if (!answer.isLast) continue;
    const left = names.length - from - batchSize;
    if (left > 0) answers.push({ asked: `${left} repositories more`, failure: 'not asked for after that' });
    break;
  }
  return answers;
}

async function askFor(names: readonly string[], post: (body: string) => Promise<string>): Promise<BatchAnswer> {
  const asked = `${names.length} repositories from ${names[0]}`;
  try {
    return { asked, ...readStarsAnswer(await post(JSON.stringify({ query: starsQuery(names) })), names) };
  } catch (error) {
    const status = error instanceof Unanswered ? (error.status ?? 0) : 0;
    const refused = 'it refuses the token (HTTP 401); put a valid one into the secret';
    // GitHub aborts a slow query with such a status; the next one may be quicker.
    return { asked, failure: status === 401 ? refused : whatWentWrong(error), isLast: status < 500 };
  }
}

function join(codeUrls: readonly string[], answers: readonly BatchAnswer[]): StarAnswer {
  const counts = new Map(answers.flatMap(({ stars }) => [...(stars ?? [])]));
  const found = codeUrls.flatMap((url) => {
    const count = counts.get(nameOf(url) ?? '');
    return count === undefined ? [] : [[url, count] as const];
  });
  const failed = answers.flatMap(({ asked, failure }) => (failure === undefined ? [] : [`${asked}: ${failure}`]));
  return { stars: new Map(found), unanswered: failed };
}

const aliasOf = (index: number) => `r${index}`;

/** A query for the stars of repositories, each under an alias; `names` are `<owner>/<name>`, at most 100. */
export function starsQuery(names: readonly string[]): string {
  const fields = names.map((full, index) => {
    const [owner = '', name = ''] = full.split('/');
    return `${aliasOf(index)}: repository(owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(name)}) { stargazerCount }`;
  });
  return `query { ${fields.join(' ')} }`;
}

const problem = z.object({ type: z.catch(z.optional(z.string()), undefined) });
const answer = z.object({
  data: z.nullish(z.record(z.string(), z.unknown())),
  errors: z.catch(z.optional(z.array(problem)), undefined),
});
const repository = z.object({ stargazerCount: z.int().check(z.nonnegative()) });

/** Kinds of errors for a repository that GitHub does not show: gone, never there, private or closed to the token. */
const notShown = ['NOT_FOUND', 'FORBIDDEN'];

/**
 * Reads the answer to the query for `names`. A renamed repository answers under the alias it was asked by. One that
 * GitHub does not show is null in `data`, and an error says why; errors of the whole query come without data.
 */
function readStarsAnswer(text: string, names: readonly string[]): Omit<BatchAnswer, 'asked'> {
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) return { failure: 'the answer is no GraphQL answer', isLast: true };
  const { data, errors = [] } = parsed.data;
  const kinds = errors.map(({ type }) => kindOf(type)).filter((kind) => !notShown.includes(kind));
  const faults = [...new Set(kinds)].join(', ');
  if (!data) {
    return { failure: /rate limit/i.test(text) ? 'the rate limit is used up' : faults || 'no data', isLast: true };
  }
  const stars = names.flatMap((name, index) => {
    const read = repository.safeParse(data[aliasOf(index)]);
    return read.success ? [[name, read.data.stargazerCount] as const] : [];
  });
  return { stars: new Map(stars), ...(faults !== '' && { failure: faults }) };
}

/** A kind of error as GitHub names it, without its message, which may name the token's owner. */
function kindOf(type: string | undefined): string {
  return type !== undefined && /^[A-Z_]{1,60}$/.test(type) ? type : 'an error without a known type';
}
