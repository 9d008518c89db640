import { describe, expect, it } from '@jest/globals';
import { servePages } from '../../lambdas/serve-pages/serve-pages.js';
import { dayMs } from '../../shared/domain/calendar-date.js';
import { parseKeys } from '../../shared/runtime/keys.js';
import { signToken, type TokenScope } from '../../shared/runtime/tokens.js';
import { anEdition, aRankedPaper, aSubscriber, instant, subscriberId } from '../support/builders.js';
import { fakeEditionRepository } from '../support/fake-edition-repository.js';
import { fakeSubscriberRepository } from '../support/fake-subscriber-repository.js';

const now = instant('2026-08-07T12:00');
const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));
const token = (scope: TokenScope) =>
  signToken(keys.signing[0], scope, { subscriber: subscriberId(1), issuedOn: Math.floor(now / dayMs) });

function aHouse(editions = fakeEditionRepository(anEdition())) {
  const subscribers = fakeSubscriberRepository(aSubscriber());
  const warnings: string[] = [];
  const warn = (message: string, what: object) => void warnings.push(`${message} ${JSON.stringify(what)}`);
  const app = servePages({
    editions,
    subscribers,
    keys: async () => keys,
    catalogue: [],
    contact: 'admin@example.org',
    warn,
    now: () => now,
  });
  const status = async () => (await subscribers.load([subscriberId(1)]))[0]?.state.status;
  return { app, status, warnings };
}

describe('the pages', () => {
  it('show the newest edition, and each edition at its own address', async () => {
    const { app } = aHouse();
    for (const path of ['/', '/editions/2026-08-07']) {
      const answer = await app.request(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('Lantern: Reading Long Tables by Candlelight');
    }
  });

  it('say so when there is no edition yet, or none of that day', async () => {
    const { app } = aHouse(fakeEditionRepository());
    expect(await (await app.request('/')).text()).toContain('No edition yet');
    for (const path of ['/editions/2026-08-06', '/editions/yesterday', '/nothing']) {
      expect((await app.request(path)).status).toBe(404);
    }
  });

  it('escape what papers bring', async () => {
    const hostile = aRankedPaper({ title: '<script>alert(1)</script> & "more"', authors: ['<img src=x>'] });
    const page = await (await aHouse(fakeEditionRepository(anEdition({ papers: [hostile] }))).app.request('/')).text();
    expect(page).not.toMatch(/<script|<img/);
  });

  it('allow no script and nothing from elsewhere', async () => {
    const policy = (await aHouse().app.request('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('hide why a page failed', async () => {
    const broken = { ...fakeEditionRepository(), newest: async () => Promise.reject(new Error('secret table name')) };
    const { app, warnings } = aHouse(broken);
    const answer = await app.request('/');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(warnings).toHaveLength(1);
  });
});

describe('unsubscribing', () => {
  it('asks on GET and HEAD, and changes nothing', async () => {
    const { app, status } = aHouse();
    const answer = await app.request(`/unsubscribe?token=${token('unsubscribe')}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<form method="post"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    await app.request(`/unsubscribe?token=${token('unsubscribe')}`, { method: 'HEAD' });
    expect(await status()).toBe('active');
  });

  const bodies: [string, RequestInit][] = [
    ['urlencoded', { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }],
    [
      'multipart',
      {
        body: (() => {
          const form = new FormData();
          form.set('List-Unsubscribe', 'One-Click');
          return form;
        })(),
      },
    ],
    ['empty', {}],
    ['from another origin', { headers: { Origin: 'https://mail.example.com' } }],
  ];
  it.each(bodies)('acts on a POST whose body is %s, without redirect or cookie, twice alike', async (_name, init) => {
    const { app, status } = aHouse();
    for (let time = 0; time < 2; time += 1) {
      const answer = await app.request(`/unsubscribe?token=${token('unsubscribe')}`, { method: 'POST', ...init });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await status()).toBe('unsubscribed');
    }
  });

  it('opens by its own token only', async () => {
    const { app, status } = aHouse();
    for (const wrong of ['', 'x', token('preferences'), `${token('unsubscribe')}x`]) {
      expect((await app.request(`/unsubscribe?token=${wrong}`, { method: 'POST' })).status).toBe(403);
    }
    expect(await status()).toBe('active');
  });
});

describe('preferences', () => {
  it('show what one gets, without the address', async () => {
    const page = await (await aHouse().app.request(`/preferences?token=${token('preferences')}`)).text();
    expect(page).toContain('07:00, Europe/Berlin');
    expect(page).toContain('Tables');
    expect(page).not.toContain('reader@example.org');
  });

  it('open by their own token only', async () => {
    expect((await aHouse().app.request(`/preferences?token=${token('unsubscribe')}`)).status).toBe(403);
  });
});
