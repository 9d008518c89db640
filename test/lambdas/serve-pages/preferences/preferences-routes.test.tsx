import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import { aProfile, aState, aSubscriber, day, subscriberId } from '../../../support/builders.js';
import { anOwnTopic } from '../../../support/filters.js';
import { noon, openPages, token } from '../serve-pages-fixture.js';

const own = (path = '') => `/preferences${path}?token=${token('preferences')}`;
const chosen = { topic: 'robots', filter: '', filterName: '', hour: '7', timezone: 'Europe/Berlin', maxPapers: '5' };

describe('preferences', () => {
  it('show what one gets, ready to be changed, without the address', async () => {
    const topics = [{ catalogueId: 'robots' }, { name: 'Mine', filter: 'lantern OR "long tables"' }];
    const page = await openPages([aSubscriber({ profile: aProfile({ topics }) })]).read(own());
    expect(page).toMatch(/value="robots" checked/);
    expect(page).not.toMatch(/value="tables" checked/);
    expect(page).toContain('lantern OR &quot;long tables&quot;</textarea>');
    expect(page).toContain('value="Mine"');
    expect(page).toContain('<option value="Europe/Berlin" selected');
    expect(page).not.toContain('reader@example.org');
  });

  it('are saved, journalled first, with the address as it was', async () => {
    const { step, subscribers, writes, journal } = openPages();
    const sent: [string, string][] = [...Object.entries(chosen), ['filter', 'lantern'], ['filterName', 'Mine']];
    const answer = await step(own(), sent);
    expect([answer.status, (await answer.text()).includes('Saved.')]).toEqual([200, true]);
    const [saved] = await subscribers.load([subscriberId(1)]);
    const topics = [{ catalogueId: 'robots' }, anOwnTopic('Mine', 'lantern')];
    expect(saved?.profile).toEqual(aProfile({ topics, maxPapers: 5 }));
    expect(writes).toEqual(['append', 'change']);
    expect(await journal()).toEqual(['changed']);
  });

  it('offer the authors’ words alone and the best of the rest, and show what is chosen', async () => {
    const { post, read, subscribers } = openPages();
    const ticks = async () =>
      ['aiSummaries', 'quietDays'].map((name) => new RegExp(`<input[^>]*name="${name}"[^>]* checked`).test(page));
    let page = await read(own());
    expect(await ticks()).toEqual([false, false]);
    await post(own(), { ...chosen, aiSummaries: 'no', quietDays: 'best-unseen' });
    const profile = async () => (await subscribers.load([subscriberId(1)]))[0]?.profile;
    expect(await profile()).toMatchObject({ aiSummaries: false, quietDays: 'best-unseen' });
    page = await read(own());
    expect(await ticks()).toEqual([true, true]);
    await post(own(), chosen);
    expect(await profile()).not.toHaveProperty('aiSummaries');
    expect(await profile()).not.toHaveProperty('quietDays');
  });

  it('say when the next digest is due once the hour has changed, never for an edition that was had', async () => {
    const had = aSubscriber({ state: aState({ edition: day('2026-08-07') }) });
    for (const [subscriber, due] of [
      [aSubscriber(), 'Friday 7 August 2026 at 18:00'],
      [had, 'Saturday 8 August 2026 at 18:00'],
    ] as const) {
      const { step } = openPages([subscriber]);
      expect(await (await step(own(), { ...chosen, hour: '18' })).text()).toContain(`due on ${due} (Europe/Berlin)`);
      expect(await (await step(own(), { ...chosen, hour: '18' })).text()).not.toContain('due on');
    }
  });

  it('move to other days at once, and say when the next digest comes', async () => {
    // It is Friday, noon UTC.
    const { step, subscribers, read } = openPages();
    const saved = async (over: Record<string, string>) => (await step(own(), { ...chosen, ...over })).text();
    const friday = await saved({ days: 'weekly', weekDay: '5' });
    expect(friday).toContain('due on Friday 14 August 2026 at 07:00 (Europe/Berlin)');
    expect(friday).toContain('Your digest comes once a week, on Friday, at 07:00 (Europe/Berlin).');
    expect((await subscribers.load([subscriberId(1)]))[0]).toMatchObject({
      state: { slot: 'Europe/Berlin@07/w5' },
      profile: { days: 'w5' },
    });
    expect(await read(own())).toMatch(/name="days" value="weekly" checked/);
    expect(await saved({ days: 'weekly', weekDay: '5' })).not.toContain('due on');
    const workdays = await saved({ days: 'workdays' });
    expect(workdays).toContain('due on Monday 10 August 2026 at 07:00');
    expect(workdays).toContain('Your digest comes Monday to Friday at 07:00 (Europe/Berlin).');
    expect(await saved({ days: 'daily' })).toContain('due on Saturday 8 August 2026 at 07:00');
    const [after] = await subscribers.load([subscriberId(1)]);
    expect([after?.state.slot, after?.profile]).toEqual([
      'Europe/Berlin@07',
      aProfile({ topics: [{ catalogueId: 'robots' }], maxPapers: 5 }),
    ]);
  });

  it('come back with what was typed when something is wrong, and keep what was saved', async () => {
    const { post, writes } = openPages();
    const answer = await post(own(), { ...chosen, filter: 'lantern AND (' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('lantern AND (</textarea>');
    expect(page).toContain('id="filter-error"');
    expect(writes).toEqual([]);
  });

  it('pause for a week, or until their owner resumes', async () => {
    for (const [length, until] of [
      ['week', noon + 7 * dayMs],
      ['open-end', undefined],
    ] as const) {
      const { post, step, subscribers, journal, clock } = openPages();
      const page = await (await step(own('/pause'), { for: length })).text();
      const [paused] = await subscribers.load([subscriberId(1)]);
      expect([paused?.state.status, paused?.state.pausedUntil]).toEqual(['paused', until]);
      expect(page).toContain('Resume</button>');
      clock.now += 1000;
      await post(own('/resume'));
      const [resumed] = await subscribers.load([subscriberId(1)]);
      expect([resumed?.state.status, resumed?.state.pausedUntil]).toEqual(['active', undefined]);
      expect(await journal()).toEqual(['paused', 'resumed']);
    }
  });

  it('do nothing for whoever is not subscribed, and say so', async () => {
    for (const status of ['unsubscribed', 'suppressed'] as const) {
      const { step, read, writes } = openPages([aSubscriber({ state: aState({ status }) })]);
      expect(await read(own())).not.toContain('Save</button>');
      for (const path of ['', '/pause', '/resume']) {
        const answer = await step(own(path), path === '' ? chosen : path === '/pause' ? { for: 'week' } : {});
        expect(answer.status).toBe(200);
        const page = await answer.text();
        expect(page).toMatch(/<p class="problems" role="status">(?:Not saved|Not paused|Your digests were not paused)/);
        expect(page).not.toContain('class="done"');
      }
      expect(writes).toEqual([]);
    }
  });

  it('tell whoever bounced how to come back, and whoever complained nothing of the kind', async () => {
    const pageOf = (state: Parameters<typeof aState>[0]) =>
      openPages([aSubscriber({ state: aState({ status: 'suppressed', ...state }) })]).read(own());
    expect(await pageOf({ suppressedBy: 'bounce' })).toContain('<a href="/">Fill in the form</a> to come back.');
    expect(await pageOf({})).not.toContain('come back');
  });

  it('open by their own token only, for a year', async () => {
    const { app, post, clock, writes } = openPages();
    for (const wrong of [
      '',
      'x',
      token('unsubscribe'),
      token('form'),
      token('preferences', 9),
      `${token('preferences')}x`,
    ]) {
      expect((await app.request(`/preferences?token=${wrong}`)).status).toBe(403);
      for (const path of ['', '/pause', '/resume', '/erase', '/export']) {
        expect((await post(`/preferences${path}?token=${wrong}`, chosen)).status).toBe(403);
      }
    }
    clock.now += 365 * dayMs;
    expect((await app.request(own())).status).toBe(200);
    clock.now += dayMs;
    expect((await app.request(own())).status).toBe(403);
    expect(writes).toEqual([]);
  });

  it('take nothing from another site, and no body that is no form', async () => {
    const { app, post, writes } = openPages();
    for (const path of ['', '/pause', '/resume', '/erase', '/export']) {
      expect((await post(own(path), chosen, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    }
    expect((await post(own(), { ...chosen, address: 'other@example.org' })).status).toBe(400);
    expect((await app.request(own(), { method: 'POST', body: '{}' })).status).toBe(415);
    expect((await post(own(), { ...chosen, filter: 'a'.repeat(17_000) })).status).toBe(413);
    expect(writes).toEqual([]);
  });
});

describe("one's own data", () => {
  it('is handed out as a file that no cache keeps', async () => {
    const seen = [{ edition: day('2026-08-07'), hashes: [1, 2, 3] }];
    const outcomes = [{ edition: day('2026-08-07'), outcome: 'sent' as const, batch: 'Europe/Berlin@07#0001' }];
    const { post } = openPages([aSubscriber({ state: aState({ seen, outcomes }) })]);
    await post(own(), chosen);
    const answer = await post(own('/export'));
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({
      status: 'active',
      profile: { address: 'reader@example.org', maxPapers: 5 },
      outcomes: [{ edition: '2026-08-07', outcome: 'sent' }],
      seenPapers: seen,
      consents: [{ at: '2026-08-07T12:00:00.000Z', event: 'changed', cause: 'preferences page' }],
    });
  });

  it('is erased after a second page has asked, and the links open nothing then', async () => {
    const { app, step, read, subscribers, journal, status } = openPages();
    expect(await read(own('/erase'))).toContain(`action="${own('/erase')}"`);
    expect(await status()).toBe('active');
    expect((await step(own('/erase'))).status).toBe(200);
    expect(await subscribers.load([subscriberId(1)])).toEqual([]);
    expect(await journal()).toEqual(['erased']);
    expect((await app.request(own())).status).toBe(403);
  });

  it('is erased to the end when that is asked for again after it died half-way', async () => {
    const { step, subscribers, status } = openPages();
    const { load } = subscribers;
    Object.assign(subscribers, { load: async () => [] });
    expect((await step(own('/erase'))).status).toBe(200);
    expect((await step(own('/erase'))).status).toBe(403);
    Object.assign(subscribers, { load });
    expect(await status()).toBeUndefined();
  });
});
