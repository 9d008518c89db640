import { describe, expect, it } from '@jest/globals';

import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { searchFeedPaths, searchFeedsRoute, searchPaths } from '../../../shared/contract/page-routes.js';
import { daysUpTo } from '../../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../../shared/domain/edition/hindsight.js';
import { aHindsight, anEdition, aRankedPaper, aSubscriber, day, instant, paperId } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeHindsightRepository } from '../../support/fake-hindsight-repository.js';
import { addressLink, aMoving, aPending, canary, confirmation, openPages, token } from './serve-pages-fixture.js';

const everyone = [aSubscriber(), aPending(), aMoving(3)];

/** Every address with the status of its GET. */
const pages: [string, number][] = [
  ['/', 200],
  ['/check-inbox', 200],
  ['/privacy', 200],
  ['/hindsight', 200],
  ['/how', 200],
  ['/editions', 200],
  ['/editions?month=2026-07', 200],
  ['/editions?month=tables', 200],
  ['/editions/2026-08-07', 200],
  ['/editions/2026-08-07?topic=tables&view=compact', 200],
  ['/editions/2026-08-07?topic=none&page=0', 200],
  ['/editions/2026-08-06', 404],
  ['/editions/yesterday', 404],
  ['/topics', 200],
  ['/topics/tables', 200],
  ['/topics/robots', 200],
  ['/topics/none', 404],
  ['/status', 200],
  ['/papers/2608.00001', 200],
  ['/papers/2608.00002', 404],
  ['/papers/none', 404],
  ['/nothing', 404],
  ['/feeds/topics/nothing.atom', 404],
  ['/feeds/topics/tables.xml', 404],
  [`/confirm?token=${confirmation()}`, 200],
  ['/confirm?token=x', 410],
  [`/preferences?token=${token('preferences')}`, 200],
  ['/preferences?token=x', 403],
  [`/preferences/erase?token=${token('preferences')}`, 200],
  ['/preferences/export', 405],
  [`/preferences?token=${token('preferences')}&done=saved`, 200],
  [`/preferences?token=${token('preferences')}&done=constructor`, 200],
  [`/preferences/unsubscribe?token=${token('preferences')}`, 200],
  ['/preferences/unsubscribe?token=x', 403],
  ['/erased', 200],
  [addressLink(), 200],
  ['/address?token=x', 403],
  [`/confirm?token=${confirmation(3)}`, 200],
  [`/unsubscribe?token=${token('unsubscribe')}`, 200],
  ['/unsubscribe', 403],
  ['/subscribe', 405],
  ['/subscribe/try', 405],
  ['/digest-now', 405],
  [`/preferences/try?token=${token('preferences')}`, 405],
  ['/day?token=x', 403],
  ['/less?token=x', 403],
  [`/less?token=${token('less')}`, 200],
  ['/search', 200],
  ['/search?q=tables&sort=relevance', 200],
  ['/search?q=zebra+tables', 200],
  ['/search?q=tables+OR', 422],
];

/** Addresses for programs, which answer no page. */
const feeds: [string, number][] = ['atom', 'json'].flatMap((format): [string, number][] => [
  [`/feeds/edition.${format}`, 200],
  [`/feeds/topics/tables.${format}`, 200],
  [`/feeds/search.${format}?q=tables`, 200],
  [`/feeds/search.${format}`, 422],
  [`/feeds/search.${format}?q=tables+OR`, 422],
  [`/feeds/own.${format}?token=x`, 403],
]);

describe('every feed', () => {
  it.each(feeds)('%s answers GET and HEAD alike, strict, and changes nothing', async (path, status) => {
    const { app, writes, queue } = openPages(everyone);
    const answer = await app.request(path);
    expect(answer.status).toBe(status);
    const type = path.includes('.atom') ? /^application\/atom\+xml/ : /^application\/feed\+json/;
    expect(answer.headers.get('content-type')).toMatch(status === 200 ? type : /^text\/plain/);
    expect(await answer.text()).toMatch(status === 200 ? /^(<\?xml|\{).*(<\/feed>|\}\n)$/s : /^[A-Z][^<]+\.\n$/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const head = await app.request(path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([status, '']);
    expect([writes, queue]).toEqual([[], []]);
  });
});

describe('every page', () => {
  it.each(pages)('%s answers GET and HEAD alike, whole and strict, and changes nothing', async (path, status) => {
    const { app, writes, queue } = openPages(everyone);
    const answer = await app.request(path);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(text.slice(0, 15)).toBe('<!doctype html>');
    expect(text).toContain('</html>');
    const head = await app.request(path, { method: 'HEAD' });
    expect(head.status).toBe(status);
    expect(await head.text()).toBe('');
    expect([writes, queue]).toEqual([[], []]);
  });

  it.each(pages)('%s lets nothing in from elsewhere', async (path) => {
    const { headers } = await openPages(everyone).app.request(path);
    const isMail = /^\/(day|digest-now)/.test(path);
    const inline = isMail ? " 'unsafe-inline'" : '';
    const frames = isMail ? 'none' : 'self';
    const around = path === '/digest-now' ? 'self' : 'none';
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'${inline}; img-src 'self'; manifest-src 'self'; frame-src '${frames}'; form-action 'self'; base-uri 'none'; frame-ancestors '${around}'`,
    );
    expect(headers.get('x-frame-options')).toBe(around === 'self' ? 'SAMEORIGIN' : 'DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is kept by no cache when it is personal or holds a form', async () => {
    const { app } = openPages(everyone);
    for (const [path] of pages.filter(([path]) =>
      /^\/($|confirm|preferences|address|unsubscribe|subscribe|day|less)/.test(path),
    )) {
      expect([path, (await app.request(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });

  it('has no inline script or style, and takes everything from its own host', async () => {
    const { read } = openPages(everyone);
    for (const [path] of pages) {
      const page = await read(path);
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! src="\/)/);
      expect(page).not.toMatch(/<(script|link(?! rel="(?:canonical|alternate)")|img)[^>]+(src|href)="(?!\/)/);
    }
  });

  it('is dressed by a style sheet, a script and an icon of our own, kept for good by names that say what is in them', async () => {
    const { app, read } = openPages();
    const page = await read('/');
    for (const [name, type] of [
      [/\/assets\/paperboy\.\w{8}\.css/, 'text/css'],
      [/\/assets\/paperboy\.\w{8}\.js/, 'text/javascript'],
      [/\/assets\/paperboy\.\w{8}\.svg/, 'image/svg+xml'],
    ] as const) {
      const path = name.exec(page)?.[0] ?? '';
      const answer = await app.request(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      const former = await app.request(path.replace(/\.\w{8}\./, '.0ld0ld00.'));
      expect([former.status, former.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await former.text()).toBe(await answer.text());
    }
  });

  it('says which methods it knows', async () => {
    const { app } = openPages();
    const answer = await app.request('/unsubscribe', { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });
});

describe('a page with a throttle of its own', () => {
  /** The status of an address that API Gateway gave to that route. */
  const statusBy = async (routeKey: string, rawPath: string, method = 'GET') => {
    const pagesHandler = handle(openPages(everyone).app);
    const requestContext = { http: { method, path: rawPath }, domainName: 'pages.paper.dev' };
    const request = { version: '2.0', routeKey, rawPath, rawQueryString: '', headers: {}, isBase64Encoded: false };
    const { statusCode } = await pagesHandler({ ...request, requestContext } as unknown as LambdaEvent);
    return statusCode;
  };

  it.each(Object.values(searchPaths))('%s is at its own route, and nowhere else, however it is spelt', async (path) => {
    const [, first = '', rest = ''] = /^\/(.)(.*)$/.exec(path) ?? [];
    const code = first.charCodeAt(0).toString(16);
    expect(await statusBy(`ANY ${path}`, path)).not.toBe(404);
    for (const spelt of [path, `/%${code}${rest}`, `/%25${code}${rest}`, `/.${path}`, `/x/..${path}`, `/${path}`]) {
      for (const method of ['GET', 'POST'])
        expect([spelt, await statusBy('$default', spelt, method)]).toEqual([spelt, 404]);
    }
  });

  it.each(Object.values(searchFeedPaths))('%s is at the route of searching feeds, and nowhere else', async (path) => {
    expect(await statusBy(`ANY ${searchFeedsRoute}`, path)).toBe(422);
    for (const spelt of [path, path.replace('f', '%66'), `/.${path}`, `/x/..${path}`, `/${path}`])
      expect([spelt, await statusBy('$default', spelt)]).toEqual([spelt, 404]);
  });

  it('leaves all others to the default route', async () => {
    for (const path of ['/', '/privacy', '/unsubscribe']) expect(await statusBy('$default', path)).not.toBe(404);
  });
});

describe('editions', () => {
  it('mark what was withdrawn after they came out, and nothing else', async () => {
    const papers = [aRankedPaper({ id: paperId(1) }), aRankedPaper({ id: paperId(2) })];
    const editions = fakeEditionRepository(anEdition({ papers }));
    const { read } = openPages([], { editions });
    const marks = async (path: string) => (await read(path)).split('has since been withdrawn').length - 1;
    expect([await marks('/editions/2026-08-07'), await marks('/')]).toEqual([0, 0]);
    await editions.noteWithdrawn([paperId(2), paperId(3)]);
    expect([await marks('/editions/2026-08-07'), await marks('/')]).toEqual([1, 1]);
  });

  it('stand below the form with their first three papers, and at their own address', async () => {
    const papers = Array.from({ length: 12 }, (_, index) =>
      aRankedPaper({ id: paperId(index + 1), title: `Paper of place ${index + 1}.` }),
    );
    const { read } = openPages([], { editions: fakeEditionRepository(anEdition({ papers })) });
    const front = await read('/');
    expect(front).toContain('Paper of place 3.');
    expect(front).not.toContain('Paper of place 4.');
    expect(front).toContain('href="/editions/2026-08-07"');
    expect(await read('/editions/2026-08-07')).toContain('Paper of place 12.');
  });

  it('are missed without harm before the first one', async () => {
    const page = await openPages([], { editions: fakeEditionRepository() }).read('/');
    expect(page).toContain('No edition has come out in the last seven days');
    expect(page).toContain('action="/subscribe"');
  });

  it('say of each paper what its mail says: who made it where, in which categories, and whether an AI summed it up', async () => {
    const paper = {
      title: 'Lamps of <i>Wax</i>',
      authors: ['Ada Quill', 'Ben Okafor', 'Cleo Marsh', 'Dov Lind', 'Eve Sol'],
      organisation: 'Wick Lab',
      aiSummary: 'Wax burns <b>well</b>.',
    };
    const papers = [aRankedPaper(paper), aRankedPaper({ id: paperId(2) })];
    const { read } = openPages([], { editions: fakeEditionRepository(anEdition({ papers })) });
    for (const path of ['/', '/editions/2026-08-07']) {
      const [, first, second] = (await read(path)).split('<h3>');
      expect(first).toMatch(/^<a href="\/papers\/2608\.00001">Lamps of Wax<\/a><\/h3>/);
      expect(first).toContain('Ada Quill, Ben Okafor, Cleo Marsh and 2 more<br/>Wick Lab · cs.CL, cs.LG</p>');
      expect(first).toMatch(
        /<p>We present Lantern\.[^<]*<\/p><p class="soft small"><strong>AI summary:<\/strong> Wax burns well\.<\/p>/,
      );
      expect(second).not.toContain('summary');
    }
  });

  it('escape what papers bring', async () => {
    const hostile = aRankedPaper({ title: '<script>alert(1)</script> & "more"', authors: ['<img src=x>'] });
    const { read } = openPages([], { editions: fakeEditionRepository(anEdition({ papers: [hostile] })) });
    for (const path of ['/', '/editions/2026-08-07']) expect(await read(path)).not.toMatch(/<script>|<img/);
  });
});

describe('the newest edition', () => {
  const pages = (now: string) => {
    const opened = openPages();
    opened.clock.now = instant(now);
    return opened;
  };
  const named = 'Friday, 7 August 2026';

  it('is called today’s on its own day alone, and is named by its date', async () => {
    const { read } = pages('2026-08-07T23:59');
    const front = await read('/');
    expect(front).toContain('<h2 id="edition">Today&#39;s edition</h2>');
    expect(front).toContain(`${named}: 1 paper across all topics. </p>`);
    expect(await read('/search')).toContain(`The newest edition is dated ${named}. </p>`);
    expect(await read('/editions/2026-08-07')).toContain(`<h1 id="edition">Edition of ${named}</h1>`);
  });

  it.each([
    ['2026-08-08T04:59', 'Today&#39;s edition is due after 05:00 UTC.'],
    ['2026-08-08T05:00', 'Today&#39;s edition, due after 05:00 UTC, is not out yet.'],
    ['2026-08-09T04:00', 'No edition has come out since. Today&#39;s edition is due after 05:00 UTC.'],
    ['2026-08-14T12:00', 'No edition has come out since. Today&#39;s edition, due after 05:00 UTC, is not out yet.'],
  ])('is not called today’s at %s, and the pages say why it is not: %s', async (now, why) => {
    const { read } = pages(now);
    const front = await read('/');
    expect(front).toContain('<h2 id="edition">The newest edition</h2>');
    expect(front).not.toContain('Today&#39;s edition</h2>');
    expect(front).toContain(`${named}: 1 paper across all topics. ${why}</p>`);
    expect(await read('/search')).toContain(`The newest edition is dated ${named}. ${why}</p>`);
  });

  it('counts no more on the eighth day after it, on any page', async () => {
    const { read } = pages('2026-08-15T00:00');
    expect(await read('/')).toContain('No edition has come out in the last seven days');
    expect(await read('/')).not.toContain('<h3>');
    expect(await read('/search')).toContain('No edition has come out in the last seven days');
    expect(JSON.parse(await read('/filters/preview?q=tables'))).toEqual({ text: '' });
  });
});

describe('the page of hindsights', () => {
  const shown = (...hindsights: Hindsight[]) =>
    openPages([], { hindsights: fakeHindsightRepository(...hindsights) }).read('/hindsight');
  const older = aHindsight({ date: day('2026-08-05'), ours: { p3: 0, p5: 0, p10: 0.1, ndcg10: 0.1875 } });
  const { date, formula, papers, unobserved } = aHindsight({ date: day('2026-08-06') });
  const unseen = { date, formula, papers, unobserved };
  const cells = (page: string) => Array.from(page.matchAll(/<td>([^<]*)<\/td>/g), ([, text]) => text);

  it('shows the figures of each edition, the newest first, below their mean', async () => {
    const page = await shown(older, aHindsight());
    expect(page.indexOf('href="/editions/2026-08-07"')).toBeLessThan(page.indexOf('href="/editions/2026-08-05"'));
    expect(page).toContain('Mean of 2');
    expect(cells(page)).toEqual([
      ...['0.33', '0.30', '0.40', '0.50', '0.75'],
      ...['0.67', '0.60', '0.70', '0.81', '0.75'],
      ...['0.00', '0.00', '0.10', '0.19', '0.75'],
    ]);
  });

  it('links the biggest miss to its page on arXiv, or says that there was none', async () => {
    expect(await shown(aHindsight())).toMatch(
      /Biggest miss: <a href="https:\/\/arxiv\.org\/abs\/2608\.00009">Moth: A Late Bloomer<\/a>, number 31 of 214, but number 2 a week later with 140 more upvotes/,
    );
    const { biggestMiss: _, ...without } = aHindsight();
    expect(await shown(without)).toContain('No miss: the ten biggest gainers were all in its top ten.');
  });

  it('shows the title of a miss as text', async () => {
    const miss = { id: paperId(9), title: '<i>Moth</i> and $\\alpha$', place: 31, placeLater: 2, gained: 140 };
    expect(await shown(aHindsight({ biggestMiss: miss }))).toContain('>Moth and α</a>');
  });

  it('draws both lines, and says in words what they show', async () => {
    const page = await shown(older, unseen, aHindsight());
    expect(page).toMatch(/<svg[^>]* role="img" aria-labelledby="chart-title chart-description">/);
    expect(page).toContain(
      '2 editions from Wednesday, 5 August 2026 to Friday, 7 August 2026. Paperboy: from 0.19 to 0.81.',
    );
    expect(Array.from(page.matchAll(/<polyline class="(\w+)" points="([^"]*)"/g), ([, ...line]) => line)).toEqual([
      ['raw', '30,70 392,70'],
      ['ours', '30,137.5 392,62.5'],
    ]);
  });

  it('goes without what is not known', async () => {
    expect(await shown()).toContain('No edition is seven days old yet.');
    const one = await shown(aHindsight());
    expect(one).not.toContain('<svg');
    expect(one).not.toContain('Mean of');
    const { rawUpvotes: _, ...old } = aHindsight();
    expect(cells(await shown(old))).toEqual(['0.67', '0.60', '0.70', '0.81', '–']);
    expect(await shown(unseen)).toContain('no upvotes seen after publication');
  });

  it('shows thirty at most, and is linked from every page', async () => {
    const many = daysUpTo(day('2026-08-07'), 31).map((date) => aHindsight({ date }));
    const page = await shown(...many);
    expect(page).toContain('Mean of 30');
    expect(page).not.toContain('2026-07-08');
    expect(await openPages().read('/editions/2026-08-07')).toContain('href="/hindsight"');
  });

  it('escapes what papers bring', async () => {
    const hostile = aHindsight();
    const biggestMiss = { ...hostile.biggestMiss!, title: '<script>alert(1)</script>' };
    expect(await shown({ ...hostile, biggestMiss })).not.toContain('<script>');
  });
});

describe('a page that fails', () => {
  const broken = { ...fakeEditionRepository(), find: async () => Promise.reject(new Error(`no table for ${canary}`)) };

  it('says so kindly, logs once, and tells neither the cause nor what was asked for', async () => {
    const { app, log } = openPages([], { editions: broken });
    const answer = await app.request(`/editions/2026-08-07?address=${canary}&token=${token('preferences')}`);
    const page = await answer.text();
    expect(answer.status).toBe(500);
    expect(page).toContain('try again');
    expect(log).toEqual(['a page failed {"page":"/editions/:date","error":"Error"}']);
    expect(page).not.toContain('canary');
  });
});

describe('the privacy page', () => {
  it('names who answers for it, from the configuration', async () => {
    const page = await openPages().read('/privacy');
    for (const text of ['Paperboy &lt;papers@example.org&gt;', '1 Reed Lane', 'mailto:admin@example.org', '2026-11']) {
      expect(page).toContain(text);
    }
  });
});
