import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import solver from '../subscribe/solver.json';
import { script, solverPath } from './pages/script.js';
import { stylesheet } from './pages/stylesheet.js';

/** A file of our own that pages load. */
interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** Names a file by what is in it, so that a cache may keep it for good: `/assets/paperboy.1a2b3c4d.css`. */
function named({ path, type, text }: Asset): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { path: path.replace(/^\/(\w+)\./, `/assets/$1.${hash}.`), type, text };
}

/** A folded paper with its masthead and columns. */
const icon: Asset = {
  path: '/paperboy.svg',
  type: 'image/svg+xml',
  text: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#9c2f1f" d="M3 4h22v24H6a3 3 0 0 1-3-3z"/><path fill="#7a2417" d="M25 10h4v15a3 3 0 0 1-4 2.8z"/><path fill="#fbf8f1" d="M6 7h16v4H6zm0 7h7v2H6zm0 4h7v2H6zm0 4h7v2H6zm9-8h7v10h-7z"/></svg>`,
};

/** The same for browsers that ask for no other: a PNG of 32 × 32 in an ICO. */
const favicon = Buffer.from(
  'AAABAAEAICAAAAEAIAAIAQAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAAgAAAAIAgGAAAAc3p69AAAAL1JREFUeJzsliEOAjEQRf8sTTgCEoMGyXEwSAyWA3AKDHABHGdA' +
    'ggaBLG49yWcFJLui2Ya2FMI81Waa9Gf+n7QFMlMgMyrA1DerUZ9IwPR4FVdNLTCuwuRwQgjr8dDrnFpg8AEWg15jupZnK60CfD0MRTPw1hi+7PE508b3duBvQhiUgRhoBjQD' +
    'v52BGJ1odKB6M0ukhrRwCRBij9T3Azu4BHTuMq8UbklYRIRk+VxsupfbrF4TZEY/JNkFPAAAAP//GhzLhQAAAAZJREFUAwA8cTRwsoOs2wAAAABJRU5ErkJggg==',
  'base64',
);

const worker = named({ path: solverPath, type: script.type, text: solver.text });
// The script loads the worker itself, at the first touch of the form.
const withWorker = { ...script, text: script.text.replace(solverPath, worker.path) };

/** The files that pages load, at the addresses under which they are served. */
export const assets = { stylesheet: named(stylesheet), script: named(withWorker), icon: named(icon), worker };

const manifest = {
  name: 'Paperboy',
  description: 'Trending papers in your inbox, once a day.',
  start_url: '/',
  display: 'browser',
  background_color: '#fbf8f1',
  theme_color: '#9c2f1f',
  icons: [{ src: assets.icon.path, sizes: 'any', type: assets.icon.type }],
};

/** What crawlers need not ask for: pages that open by a link of one's own. */
const notCrawled = ['/preferences', '/unsubscribe', '/confirm', '/address', '/day', '/less', '/digest-now', '/feeds/'];

const forGood = 'public, max-age=31536000, immutable';
const forADay = 'public, max-age=86400';
const contactLifeDays = 180;

interface OwnFilesDeps {
  readonly pagesUrl: string;
  readonly publisher: { readonly contact: string };
  readonly now: () => Instant;
}

/** Files rather than pages: what pages load, and what browsers, crawlers and researchers of faults ask for by custom. */
export function ownFiles(app: Hono, { pagesUrl, publisher, now }: OwnFilesDeps): void {
  for (const { path, type, text } of Object.values(assets)) {
    app.get(path, (context) => context.body(text, 200, { 'Content-Type': type, 'Cache-Control': forGood }));
    // A page kept from before a deployment asks for the name of then.
    const anyName = path.replace(/^(.*)\/(\w+)\.\w+\.(\w+)$/, '$1/:name{$2\\.\\w+\\.$3}');
    app.get(anyName, (context) => context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }));
  }
  app.get('/favicon.ico', (context) =>
    context.body(Uint8Array.from(favicon), 200, { 'Content-Type': 'image/x-icon', 'Cache-Control': forADay }),
  );
  app.get('/manifest.webmanifest', (context) =>
    context.body(JSON.stringify(manifest), 200, {
      'Content-Type': 'application/manifest+json',
      'Cache-Control': forADay,
    }),
  );
  app.get('/robots.txt', (context) => {
    const rules = ['User-agent: *', ...notCrawled.map((path) => `Disallow: ${path}`)];
    return context.text(`${rules.join('\n')}\n\nSitemap: ${pagesUrl}/sitemap.xml\n`, 200, { 'Cache-Control': forADay });
  });
  // RFC 9116: https://www.rfc-editor.org/rfc/rfc9116
  app.get('/.well-known/security.txt', (context) => {
    const expires = new Date(Math.floor(now() / dayMs) * dayMs + contactLifeDays * dayMs).toISOString();
    const lines = [`Contact: mailto:${publisher.contact}`, `Expires: ${expires}`, 'Preferred-Languages: en'];
    return context.text(`${lines.join('\n')}\n`, 200, { 'Cache-Control': forADay });
  });
}
