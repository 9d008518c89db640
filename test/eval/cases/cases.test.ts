import { describe, expect, it } from '@jest/globals';
import { evaluateCases } from './cases.js';
import { casesForTests, match, miss } from './written-cases.js';

const entry = (id: string, fields: string) => `<entry><id>${id}</id><title>Kites</title>${fields}</entry>`;
const feedOf = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="a" xmlns:dc="d">${entries.join('')}</feed>`;
const announced = feedOf(
  entry(
    'oai:arXiv.org:2608.00007v1',
    '<summary>arXiv:2608.00007v1 Announce Type: new \nAbstract: Wind.</summary><published>2026-08-06T00:00:00Z</published>' +
      '<arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ida Moor</dc:creator>',
  ),
);
const answered = feedOf(
  entry(
    'http://arxiv.org/abs/2608.00007v1',
    '<summary>Wind.</summary><published>2026-08-06T00:00:00Z</published><author><name>Ida Moor</name></author>',
  ),
);

const bounced = {
  eventType: 'Bounce',
  mail: { timestamp: '2026-08-07T05:16:00.000Z', messageId: 'm', destination: ['ida@example.net'] },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: 'ida@example.net', status: '5.1.1' }],
  },
};

describe('the evaluation of cases', () => {
  const { made, write, writeCase } = casesForTests();

  it('says of each case whether it holds, and of a failing one what was wanted and what came', async () => {
    writeCase('01-kites', [match]);
    writeCase('02-boats', [match, miss]);
    expect(await evaluateCases([made.root])).toEqual({ cases: 2, hold: 1, fail: ['02-boats'], unclear: [] });
    expect(made.lines).toEqual([
      '01-kites holds',
      '02-boats fails: probe 2: wanted {"result":"match"}, got {"result":"no"}',
    ]);
  });

  it('counts an unclear case that does not hold as no failure', async () => {
    writeCase('01-kites', [match], 'unclear');
    writeCase('02-boats', [miss], 'unclear');
    expect(await evaluateCases([made.root])).toEqual({ cases: 2, hold: 1, fail: [], unclear: ['02-boats'] });
    expect(made.lines[1]).toMatch(/^02-boats unclear: probe 1/);
  });

  it('tries the cases with the numbers that are named alone', async () => {
    for (const name of ['01-kites', '02-boats', '13-lamps']) writeCase(name, [match]);
    expect(await evaluateCases([made.root, '13', '1'])).toMatchObject({ cases: 2 });
    expect(made.lines).toEqual(['01-kites holds', '13-lamps holds']);
  });

  it('matches nothing of a paper that the probe does not state', async () => {
    const none = { result: 'no' };
    writeCase('01-blank', [
      { given: { kind: 'filter', filter: 'tables', paper: {} }, expected: none },
      { given: { kind: 'filter', filter: 'cat:cs.CL OR has:code', paper: {} }, expected: none },
      { given: { kind: 'filter', filter: 'kites AND', paper: {} }, expected: { result: 'error' } },
    ]);
    expect(await evaluateCases([made.root])).toMatchObject({ fail: [] });
  });

  it('asks every kind of probe of the real code', async () => {
    const given = (kind: string, fields: object, expected: unknown) => ({ given: { kind, ...fields }, expected });
    const shown = { records: [{ id: '2608.00007', title: 'Kites', authorsLine: 'Ida Moor', abstract: 'Wind.' }] };
    const item = {
      paper: { id: '2608.00007', title: 'Kites', summary: 'Wind.', publishedAt: '2026-08-06T00:00:00Z', upvotes: 4 },
    };
    write('days/2026-08-07.json', JSON.stringify([item]));
    write('01-all/feed.xml', announced);
    write('01-all/answer.xml', answered);
    writeCase('01-all', [
      given('titles', { folder: 'days' }, { titles: 1, errors: 0, missThemselves: 0, found: 1 }),
      given('feed', { file: 'feed.xml' }, shown),
      given('query', { file: 'answer.xml' }, shown),
      given('hf', { item }, { kept: true, counts: { upvotes: 4 } }),
      given('hf', { item: {} }, { kept: false, reason: { $matches: 'paper' } }),
      given('rateLimit', { retryAfter: '9' }, { thrown: false, unanswered: 1, obeyed: true }),
      given(
        'ingest',
        { about: '2608.00007', runs: [{ at: '2026-08-07T06:00:00Z', file: 'feed.xml' }] },
        { runs: [{ health: 'fresh', withdrawn: false }] },
      ),
      given('unwithdraw', { files: ['answer.xml', 'answer.xml'] }, { withdrawn: [false, false] }),
      given(
        'ses',
        { events: [{ times: 2, event: bounced }] },
        { status: 'suppressed', journal: ['suppressed:bounce'] },
      ),
      given('sesFailure', { name: 'Throttling', message: 'Slower.', status: 400 }, { failure: 'throttled' }),
      given('address', { text: 'ida@example.net' }, { ok: true, address: 'ida@example.net' }),
      given('address', { text: 'ida' }, { ok: false, message: { $matches: '@' } }),
      given(
        'zones',
        { offered: ['Europe/Berlin', 'Moon/Base'] },
        { offered: { 'Europe/Berlin': true, 'Moon/Base': false } },
      ),
      given('zoneShown', { chosen: 'Europe/Berlin' }, { shown: 'Berlin' }),
      given('due', { zone: 'UTC', hour: 7, editions: ['2026-08-07'] }, { due: ['2026-08-07T07:00:00.000Z'] }),
      given('confirm', { times: 1 }, { answers: [{ status: 200, reassures: true }], status: 'active' }),
      given('unsubscribe', { body: 'any' }, { code: 200, status: 'unsubscribed' }),
      given('signups', { requests: [{ at: '2026-08-07T12:00:00Z' }] }, { mails: 1, outcomes: ['mailed'] }),
      given('mime', { title: 'Drachen über Köln' }, { wordsWhole: true, unsubscribeUnfolds: true, maxLine: true }),
      given('size', { folder: 'days', count: 1 }, { papers: 1, under102KB: true }),
      given('textLinks', {}, { ownLine: true }),
      given('tokens', { count: 20 }, { endsWithSign: false }),
      given('publishRetry', {}, { threw: false }),
      given('preheader', {}, { msoHide: { $not: 'unknown' } }),
    ]);
    const report = await evaluateCases([made.root]);
    expect(made.lines).toEqual(['01-all holds']);
    expect(report).toMatchObject({ fail: [] });
  });
});
