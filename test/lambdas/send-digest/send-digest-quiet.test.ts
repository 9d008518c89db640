import { describe, expect, it } from '@jest/globals';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { aProfile, aState, paperId, subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader, run } from './digest-house.js';

const fish = [{ name: 'Fish', filter: 'fish diffusion' }];

/** Somebody in whose topics the edition has nothing, after so many quiet ones. */
const quietReader = (number: number, quietEditions: number, over: Partial<Subscriber> = {}) =>
  reader(number, {
    profile: aProfile({ address: `reader${number}@example.org`, topics: fish }),
    state: aState(quietEditions === 0 ? {} : { quietEditions }),
    ...over,
  });
const wishing = (topics = fish) =>
  aProfile({ address: 'reader1@example.org', topics, quietDays: 'best-unseen', maxPapers: 2 });

describe('a day without matches', () => {
  it('sends nothing, and is counted', async () => {
    const house = await aDigestHouse([quietReader(1, 0), quietReader(2, 6)]);
    expect(await house.send()).toMatchObject({ unmatched: 2, 'quiet-noted': 0, sent: 0, open: 0 });
    expect(house.sent).toEqual([]);
    expect([await house.stateOf(1), await house.stateOf(2)]).toMatchObject([
      { quietEditions: 1 },
      { quietEditions: 7 },
    ]);
  });

  it('after seven others brings one still-here mail, which is claimed, balances, and begins the count anew', async () => {
    const house = await aDigestHouse([quietReader(1, 7), reader(2)]);
    expect(await house.send()).toMatchObject({ candidates: 2, 'quiet-noted': 1, sent: 1, unmatched: 0, open: 0 });
    expect(await house.send()).toMatchObject({ candidates: 2, 'quiet-noted': 1, sent: 1, open: 0 });
    expect(house.sent).toHaveLength(2);
    expect(house.sent[0]?.tags).toEqual({
      subscriber: subscriberId(1),
      edition: run,
      attempt: '1',
      claimed: String(due),
      'ses:feedback-id-a': 'still-here',
      'ses:feedback-id-b': run,
    });
    const { quietEditions, seen, outcomes } = await house.stateOf(1);
    expect({ quietEditions, seen }).toEqual({ quietEditions: undefined, seen: [] });
    expect(outcomes).toMatchObject([{ edition: run, outcome: 'quiet-noted' }]);
    expect(await house.runs.balance(run)).toMatchObject({ 'quiet-noted': 1, sent: 1 });
  });

  it('tells in that mail what came closest, and how to widen the topics and to leave', async () => {
    const house = await aDigestHouse([quietReader(1, 7)]);
    await house.send();
    const raw = house.sent[0]?.raw.replace(/=\r\n/g, '') ?? '';
    expect(raw).toContain('Subject: Still here');
    expect(raw).toContain('Diffusion of Lanterns');
    expect(raw).not.toContain('Tables of the Heart');
    expect(raw).toContain('https://pages.example.org/preferences?token');
    expect(raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
  });

  it('is none when something matches: the digest begins the count anew', async () => {
    const house = await aDigestHouse([reader(1, { state: aState({ quietEditions: 7 }) })]);
    expect(await house.send()).toMatchObject({ sent: 1, 'quiet-noted': 0 });
    expect((await house.stateOf(1)).quietEditions).toBeUndefined();
  });

  it('brings no such mail to who has just changed their topics', async () => {
    const house = await aDigestHouse([quietReader(1, 7)]);
    await house.store.change(subscriberId(1), aProfile({ topics: fish }), due);
    expect(await house.send()).toMatchObject({ unmatched: 1, 'quiet-noted': 0 });
    expect((await house.stateOf(1)).quietEditions).toBe(1);
  });

  it('is not counted when the digest expired: the days are no longer in a row', async () => {
    const house = await aDigestHouse([quietReader(1, 7)]);
    house.time.now = due + 20 * hourMs;
    expect(await house.send()).toMatchObject({ expired: 1 });
    expect((await house.stateOf(1)).quietEditions).toBeUndefined();
  });
});

describe('a still-here mail', () => {
  it('goes to each once when two workers have the same job at the same time', async () => {
    const house = await aDigestHouse([quietReader(1, 7), quietReader(2, 7)]);
    await Promise.all([house.send(), house.send()]);
    expect(house.sent).toHaveLength(2);
  });

  it('that SES refused for now is resumed as the same mail', async () => {
    const house = await aDigestHouse([quietReader(1, 7)], { answers: [{ kind: 'quota-exhausted' }] });
    expect(await house.send()).toMatchObject({ open: 1, stopped: 'quota-exhausted' });
    expect((await house.stateOf(1)).claim).toMatchObject({ kind: 'still-here', isUnsent: true, papers: [] });
    house.time.now += 15 * minuteMs;
    expect(await house.send()).toMatchObject({ 'quiet-noted': 1, open: 0 });
    expect(house.sent.map(({ raw }) => raw.includes('Subject: Still here'))).toEqual([true]);
  });

  it('whose reply was lost is in doubt, and repeated once when its event would have come', async () => {
    const house = await aDigestHouse([quietReader(1, 7)], { answers: [{ kind: 'lost', reason: 'timeout' }] });
    expect(await house.send()).toMatchObject({ open: 1 });
    expect((await house.stateOf(1)).claim).toMatchObject({ kind: 'still-here', isUnsent: false });
    house.time.now += 40 * minuteMs;
    for (const count of ['accepted', 'seen'] as const) await house.traffic.add(due + 20 * minuteMs, { [count]: 20 });
    expect(await house.send()).toMatchObject({ 'quiet-noted': 1, open: 0 });
    expect(house.sent.map(({ raw, tags }) => [raw.includes('Subject: Still here'), tags.attempt])).toEqual([
      [true, '1'],
      [true, '2'],
    ]);
  });

  it('ends as uncertain when nothing was heard of it until it expired, and as failed when SES rejects it', async () => {
    const house = await aDigestHouse([quietReader(1, 7), quietReader(2, 7)], {
      answers: [
        { kind: 'lost', reason: 'timeout' },
        { kind: 'rejected', reason: 'MessageRejected' },
      ],
    });
    expect(await house.send()).toMatchObject({ open: 1, failed: 1 });
    house.time.now += 20 * hourMs;
    expect(await house.send()).toMatchObject({ uncertain: 1, failed: 1, open: 0 });
  });

  it('is not sent to one who left before it was claimed', async () => {
    const house = await aDigestHouse([quietReader(1, 7)]);
    await house.store.stop(subscriberId(1), 'unsubscribed', due);
    expect(await house.send()).toMatchObject({ suppressed: 1 });
    expect(house.sent).toEqual([]);
  });
});

describe('who wishes for the best of other topics on quiet days', () => {
  it('gets the best unseen papers as a digest, and they are seen', async () => {
    const house = await aDigestHouse([reader(1, { profile: wishing(), state: aState({ quietEditions: 7 }) })]);
    expect(await house.send()).toMatchObject({ sent: 1, unmatched: 0, 'quiet-noted': 0 });
    const raw = house.sent[0]?.raw ?? '';
    expect(raw).toContain('Tables of the Heart');
    expect(raw).toContain('Diffusion of Lanterns');
    expect(raw).not.toContain('More Tables');
    const state = await house.stateOf(1);
    expect(state).toMatchObject({ seen: [{ edition: run, places: [0, 1] }], outcomes: [{ outcome: 'sent' }] });
  });

  it('gets their own topics when those match', async () => {
    const tables = [{ name: 'Tables', filter: 'title:heart' }];
    const house = await aDigestHouse([reader(1, { profile: wishing(tables) })]);
    expect(await house.send()).toMatchObject({ sent: 1 });
    expect(await house.stateOf(1)).toMatchObject({ seen: [{ edition: run, places: [0] }] });
    expect(house.sent[0]?.raw).not.toContain('Diffusion of Lanterns');
  });

  it('gets the same papers again when the mail was not sent at first', async () => {
    const house = await aDigestHouse([reader(1, { profile: wishing() })], { answers: [{ kind: 'quota-exhausted' }] });
    await house.send();
    expect((await house.stateOf(1)).claim).toMatchObject({ kind: 'best-unseen', papers: [paperId(1), paperId(2)] });
    expect(await house.send()).toMatchObject({ sent: 1, open: 0 });
    expect(house.sent[0]?.raw).toContain('Tables of the Heart');
  });

  it('gets nothing when every paper was sent before, and word after seven such days', async () => {
    const seen = [{ edition: run, places: [0, 1, 2] }];
    const state = (quietEditions: number) => aState({ seen, quietEditions });
    const house = await aDigestHouse([reader(1, { profile: wishing(), state: state(1) })]);
    expect(await house.send()).toMatchObject({ unmatched: 1 });
    const later = await aDigestHouse([reader(1, { profile: wishing(), state: state(7) })]);
    expect(await later.send()).toMatchObject({ 'quiet-noted': 1 });
  });
});
