import { Unanswered, whatWentWrong } from './fetch-once.js';
import { aliasOf, readStarsAnswer, starsQuery } from './github-answer.js';
import { codeUrl } from './links.js';
import { SourceDown } from './paper-source.js';
import type { FetchText } from './polite-fetch.js';

/** What GitHub said about repositories in one run. */
export interface StarAnswer {
  /** Stars by the requested address; a repository that GitHub does not show is absent. */
  readonly stars: ReadonlyMap<string, number>;
  /** Requests that failed while others were answered: what was asked, and why it failed. */
  readonly unanswered: readonly string[];
}

/** Counts the stars of repositories. */
export interface StarSource {
  /**
   * Stars of these addresses, `https://github.com/<owner>/<name>`; throws `SourceDown` when no request was answered.
   */
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

/**
 * The GraphQL API of GitHub (https://docs.github.com/en/graphql), asked once an hour: what fails is left for the next
 * hour.
 */
export function github({ apiUrl, token, fetchText }: GitHubOptions): StarSource {
  return {
    async starsOf(codeUrls) {
      const names = distinctNames(codeUrls);
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

/** `<owner>/<name>` in lower case, each once: GitHub ignores case. */
function distinctNames(codeUrls: readonly string[]): string[] {
  return [...new Set(codeUrls.flatMap((url) => nameOf(url) ?? []))];
}

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
    const answer = readStarsAnswer(await post(JSON.stringify({ query: starsQuery(names) })));
    if ('reason' in answer) return { asked, failure: answer.reason, isLast: true };
    const stars = names.flatMap((name, index) => {
      const count = answer.stars.get(aliasOf(index));
      return count === undefined ? [] : [[name, count] as const];
    });
    return { asked, stars: new Map(stars), ...(answer.faults.length > 0 && { failure: answer.faults.join(', ') }) };
  } catch (error) {
    const status = error instanceof Unanswered ? (error.status ?? 0) : 0;
    // GitHub aborts a slow query with such a status; the next one may be quicker.
    return { asked, failure: reasonOf(status, error), isLast: status < 500 };
  }
}

function reasonOf(status: number, error: unknown): string {
  if (status === 401) return 'it refuses the token (HTTP 401); put a valid one into the secret';
  return whatWentWrong(error);
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
