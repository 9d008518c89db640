import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostileServer, say } from './hostile-server.js';

/** A request as the played GitHub reads it. */
export interface AskedStars {
  readonly authorization: string;
  readonly contentType: string;
  /** `<owner>/<name>` in the order of their aliases `r0`, `r1`, … */
  readonly names: readonly string[];
}

/** GitHub's GraphQL API on loopback. */
export interface PlayedGitHub {
  readonly url: string;
  readonly asked: readonly AskedStars[];
  close(): Promise<void>;
}

/**
 * Stars by `<owner>/<name>` in lower case, or the kind of error that a repository brings; who is not there is
 * NOT_FOUND.
 */
export type Stars = Readonly<Record<string, number | string>>;

/** Says something else than the stars, or nothing, and answers whether it did. */
export type Instead = (response: ServerResponse, asked: AskedStars, count: number) => boolean;

/** Answers as GitHub does: a repository without a count is null in `data`, and an error with its path says why. */
export async function playGitHub(stars: () => Stars, instead: Instead = () => false): Promise<PlayedGitHub> {
  const asked: AskedStars[] = [];
  const answer = async (response: ServerResponse, request: IncomingMessage) => {
    const { query } = JSON.parse(await bodyOf(request)) as { query: string };
    const fields = [
      ...query.matchAll(/r\d+: repository\(owner: "([\w-]+)", name: "([\w.-]+)"\) \{ stargazerCount \}/g),
    ];
    const names = fields.map(([, owner, name]) => `${owner}/${name}`);
    const { authorization = '', 'content-type': contentType = '' } = request.headers;
    asked.push({ authorization, contentType, names });
    if (!instead(response, asked.at(-1)!, asked.length)) say(response, 200, starsAnswer(names, stars()));
  };
  const server = await hostileServer((response, request) => void answer(response, request));
  return { url: server.url, asked, close: server.close };
}

/** The text of GitHub's answer about these repositories. */
export function starsAnswer(names: readonly string[], stars: Stars): string {
  const known = names.map((name) => stars[name] ?? 'NOT_FOUND');
  const data = known.map((count, index) => [`r${index}`, typeof count === 'number' ? { stargazerCount: count } : null]);
  const errors = known.flatMap((type, index) =>
    typeof type === 'number' ? [] : [{ type, path: [`r${index}`], message: `Could not resolve '${names[index]}'.` }],
  );
  return JSON.stringify({ data: Object.fromEntries(data), ...(errors.length > 0 && { errors }) });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
