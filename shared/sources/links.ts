const owner = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/;
const repository = /^[\w.-]{1,100}$/;

/** First path segments of github.com that are pages of GitHub's own, never an owner. */
const ownPages = new Set(
  `about account apps blog codespaces collections contact customer-stories dashboard enterprise events explore features
  gist gists issues join login marketplace new notifications organizations orgs pricing pulls readme search security
  sessions settings signup site sponsors stars team topics trending users`.split(/\s+/),
);

function parseUrl(raw: string): URL | undefined {
  if (raw.length > 2000) return undefined;
  const text = raw.trim();
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * The repository that an address points into, as `https://github.com/<owner>/<name>`: sub-paths, `.git` and trailing
 * dots fall away; `undefined` for gists, pages of people and organisations, and every other host.
 */
export function codeUrl(raw: string): string | undefined {
  const trimmed = raw.trim();
  const url = parseUrl(/^(?:www\.)?github\.com\//i.test(trimmed) ? `https://${trimmed}` : trimmed);
  if (!url || !/^https?:$/.test(url.protocol) || !/^(?:www\.)?github\.com$/.test(url.hostname)) return undefined;
  const [person = '', project = ''] = url.pathname.split('/').filter((segment) => segment !== '');
  const name = project
    .replace(/\.+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\.+$/, '');
  if (!owner.test(person) || ownPages.has(person.toLowerCase()) || !repository.test(name)) return undefined;
  return `https://github.com/${person}/${name}`;
}

/** The first repository that a text mentions. */
export function mentionedCode(text: string): string | undefined {
  // The name may not begin inside a longer host, such as gist.github.com.
  for (const [mention] of text.matchAll(/(?<![\w.@-])(?:https?:\/\/)?(?:www\.)?github\.com\/[\w-]+\/[\w.-]+/gi)) {
    const found = codeUrl(mention);
    if (found) return found;
  }
  return undefined;
}

const publicHost = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const innerZone = /\.(?:local|localhost|internal|lan|home|corp|test|invalid|onion|arpa)$/;

/**
 * A project page's address, normalised, at most 500 characters: `https:` with a public host name, without credentials
 * and without a port; `undefined` for every other.
 */
export function projectUrl(raw: string): string | undefined {
  const url = parseUrl(raw);
  if (url?.protocol !== 'https:' || url.username || url.password || url.port) return undefined;
  // The last label must begin with a letter, so that no IP address passes: the parser has put them all in plain form.
  if (!publicHost.test(url.hostname) || innerZone.test(url.hostname)) return undefined;
  return url.href.length <= 500 ? url.href : undefined;
}
