import { parseUrl } from '../domain/text/parse-url.js';

const owner = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;
const repository = /^[\w.-]{1,100}$/;

/** First path segments of github.com that are GitHub's own pages, never an owner. */
const ownPages = new Set(
  `about account apps blog codespaces collections contact copilot customer-stories dashboard discussions enterprise events
  explore features gist gists issues join login marketplace new notifications organizations orgs pricing pulls readme
  search security sessions settings signup site sponsors stars team topics trending user-attachments users`.split(
    /\s+/,
  ),
);

function boundedUrl(raw: string): URL | undefined {
  return raw.length > 2000 ? undefined : parseUrl(raw.trim());
}

/**
 * The repository that an address points into, as `https://github.com/<owner>/<name>`, without sub-paths, `.git` and
 * trailing dots; `undefined` for gists, pages of people and organisations, and every other host.
 */
export function codeUrl(raw: string): string | undefined {
  const trimmed = raw.trim();
  const url = boundedUrl(/^(?:www\.)?github\.com\//i.test(trimmed) ? `https://${trimmed}` : trimmed);
  if (!url || !/^https?:$/.test(url.protocol) || !/^(?:www\.)?github\.com$/.test(url.hostname)) return undefined;
  const [person = '', project = ''] = url.pathname.split('/').filter((segment) => segment !== '');
  const name = project
    .replace(/\.+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\.+$/, '');
  if (!owner.test(person) || ownPages.has(person.toLowerCase()) || !repository.test(name)) return undefined;
  return `https://github.com/${person}/${name}`;
}

// The host must not be the end of a longer one, such as gist.github.com.
const mention = /(?<![\w.@-])(?:https?:\/\/)?(?:www\.)?github\.com\/[\w-]+\/[\w.-]+/gi;

const aboutCode = /\b(?:code|codebase|implementation|repository)\b/i;
const isGiven =
  /\b(?:available|accessible|releas(?:e|ed|ing)|open[- ]?sourced?|published|hosted|provided?|found)\b|\bcode(?:base)?(?::| at\b)/i;

/** Each repository that a text mentions, once, as first written: GitHub ignores case. */
function repositoriesIn(text: string): string[] {
  const found = [...text.matchAll(mention)].flatMap(([mentioned]) => codeUrl(mentioned) ?? []);
  const spellings = found.map((url) => url.toLowerCase());
  return found.filter((_, index) => spellings.indexOf(spellings[index] ?? '') === index);
}

/**
 * The repository that a paper's own texts name as its code: the only one they name, or of several the first in a
 * sentence that says code is available. Others belong to somebody else and are mentioned in passing.
 */
export function mentionedCode(...texts: readonly string[]): string | undefined {
  // TeX writes an underscore as `\_`: cut off there, the name would be another repository's.
  const text = texts.join('\n\n').replaceAll('\\_', '_');
  const [only, ...others] = repositoriesIn(text);
  if (others.length === 0) return only;
  const sentences = text
    .split(/(?<=[.!?])\s+|\n\n/)
    .filter((sentence) => aboutCode.test(sentence) && isGiven.test(sentence));
  return repositoriesIn(sentences.join('\n\n'))[0];
}

const publicHost = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const innerZone = /\.(?:local|localhost|internal|lan|home|corp|test|invalid|onion|arpa)$/;

/** A project page's `https:` address with a public host, at most 500 characters; `undefined` for any other text. */
export function projectUrl(raw: string): string | undefined {
  const url = boundedUrl(raw);
  if (url?.protocol !== 'https:' || url.username || url.password || url.port) return undefined;
  // The last label must begin with a letter, so that no IP address passes: the parser has put them all in dotted form.
  if (!publicHost.test(url.hostname) || innerZone.test(url.hostname)) return undefined;
  return url.href.length <= 500 ? url.href : undefined;
}
