import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../support/builders.js';
import { openPages, token } from '../serve-pages-fixture.js';

describe('the manners of the web', () => {
  it('compresses pages for whoever takes gzip, and tells caches so', async () => {
    const { app } = openPages();
    const plain = await app.request('/how');
    // Read at once: Node cancels the body of a cloned response as soon as the clone's original has been collected.
    const text = await plain.text();
    const packed = await app.request('/how', { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect([plain, packed].map(({ headers }) => headers.get('vary'))).toEqual(['Accept-Encoding', 'Accept-Encoding']);
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toBe(text);
    expect(bytes.length).toBeLessThan(20_000);
  });

  it.each([
    ...['/how', '/hindsight', '/privacy', '/search', '/status', '/topics', '/topics/robots'],
    ...['/editions', '/editions/2026-08-07', '/editions/2026-08-07?topic=robots&view=compact'],
  ])('%s may be kept for five minutes, and says in a line that it has not changed', async (path) => {
    const { app } = openPages();
    const first = await app.request(path);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).not.toBe('');
    const again = await app.request(path, { headers: { 'If-None-Match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('cache-control')).toBe('public, max-age=300');
    expect((await app.request(path, { headers: { 'If-None-Match': '"another"' } })).status).toBe(200);
  });

  it.each(['/', '/nothing', '/editions/2026-01-01', `/preferences?token=${token('preferences')}`, '/check-inbox'])(
    '%s is kept nowhere',
    async (path) => {
      const { headers } = await openPages().app.request(path);
      expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
    },
  );

  it('tells search engines of what is public, and keeps the rest from them', async () => {
    const { read } = openPages();
    for (const path of [
      ...['/', '/how', '/privacy', '/hindsight', '/status', '/topics', '/topics/robots'],
      ...['/editions', '/editions?month=2026-07', '/editions/2026-08-07'],
    ]) {
      const page = await read(path);
      expect(page).toMatch(/<meta name="description" content="[^"]{20,200}"\/>/);
      expect(page).toContain(`<link rel="canonical" href="https://pages.paper.dev${path}"/>`);
      expect(page).toContain(`<meta property="og:url" content="https://pages.paper.dev${path}"/>`);
      expect(page).not.toContain('noindex');
    }
    for (const path of [`/preferences?token=${token('preferences')}`, '/preferences?token=x', '/nothing']) {
      expect(await read(path)).toContain('<meta name="robots" content="noindex"/>');
    }
    const robots = await read('/robots.txt');
    expect(robots).toContain('Disallow: /preferences');
    expect(robots).toContain('Sitemap: https://pages.paper.dev/sitemap.xml');
  });

  it.each([
    ['/', '/feeds/edition.atom'],
    ['/editions', '/feeds/edition.atom'],
    ['/editions/2026-08-07', '/feeds/edition.atom'],
    ['/topics/tables', '/feeds/topics/tables.atom'],
    ['/search?q=tables', '/feeds/search.atom?q=tables'],
  ])('names on %s the feed of what it lists, which is there', async (path, feed) => {
    const { app, read } = openPages();
    const url = /<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="([^"]*)"/.exec(
      await read(path),
    )?.[1];
    expect(url).toBe(`https://pages.paper.dev${feed}`);
    expect((await app.request(feed)).headers.get('content-type')).toContain('application/atom+xml');
    expect(await read('/search')).not.toContain('rel="alternate"');
  });

  it('says whom to tell of a fault, until when, as RFC 9116 has it', async () => {
    const text = await openPages().read('/.well-known/security.txt');
    expect(text).toContain('Contact: mailto:');
    const expires = instant(/^Expires: (.+)$/m.exec(text)?.[1] ?? '');
    expect(expires).toBeGreaterThan(instant('2026-12-01T00:00'));
    expect(expires).toBeLessThan(instant('2027-08-07T00:00'));
  });

  it('has an icon and a manifest where browsers look for them', async () => {
    const { app } = openPages();
    const icon = await app.request('/favicon.ico');
    expect(Buffer.from(await icon.arrayBuffer()).subarray(0, 4)).toEqual(Buffer.from([0, 0, 1, 0]));
    const manifest = (await (await app.request('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
    expect((await app.request(manifest.icons[0]?.src ?? '')).status).toBe(200);
  });

  it('lets a page use no camera, no microphone and no place', async () => {
    const { headers } = await openPages().app.request('/');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
  });
});
