import { describe, expect, it } from '@jest/globals';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import { aProfile, aState, paperId, subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, edition, reader, run } from './digest-house.js';

const days = 'w5' as DeliveryDays;
const slot = slotOf('Europe/Berlin', 7, days);
const daily = slotOf('Europe/Berlin', 7);
const weekly = (number: number, over: Parameters<typeof aState>[0] = {}) =>
  reader(number, {
    profile: aProfile({ address: `reader${number}@example.org`, days }),
    state: aState({ slot, ...over }),
  });
const subjectOf = (raw = '') => /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw)?.[1]?.replace(/\r\n\s/g, ' ') ?? '';
/** The mail with its lines unfolded. */
const readable = (raw: string) => raw.replaceAll('=\r\n', '').replace(/\s+/g, ' ');
const isBefore = (raw = '', one: string, other: string) =>
  raw.indexOf(one) > 0 && raw.indexOf(one) < raw.indexOf(other);

describe('a weekly digest', () => {
  it('is the best of the week: what gained most in seven days comes first, and the mail says so', async () => {
    const house = await aDigestHouse([weekly(1)], { slot });
    expect(await house.send()).toMatchObject({ candidates: 1, sent: 1, open: 0 });
    const { raw } = house.sent[0]!;
    expect(subjectOf(raw)).toBe("The week's best: More Tables + 1 more");
    expect(isBefore(raw, 'More Tables', 'Tables of the Heart')).toBe(true);
    expect(readable(raw)).toContain("The week's best in your topics, those with the most upvotes in seven days first.");
    expect(readable(raw)).toContain('All 2 papers that matched your topics this week.');
  });

  it('is told apart from a daily one of the same hour', async () => {
    const house = await aDigestHouse([reader(1)]);
    await house.send();
    expect(subjectOf(house.sent[0]?.raw)).toBe('Tables of the Heart + 1 more');
    expect(house.sent[0]?.raw).not.toContain("week's best");
  });

  it('has nothing that a digest has shown, and keeps what it shows itself', async () => {
    const house = await aDigestHouse([weekly(1, { seen: [{ edition: run, places: [2] }] })], { slot });
    await house.send();
    expect(subjectOf(house.sent[0]?.raw)).toBe("The week's best: Tables of the Heart");
    const both = await aDigestHouse([weekly(1)], { slot });
    await both.send();
    expect((await both.stateOf(1)).seen).toEqual([{ edition: run, places: [0, 2] }]);
  });

  it('has nothing that its reader leaves out', async () => {
    const profile = aProfile({ address: 'reader1@example.org', days, never: ['"more tables"'] });
    const house = await aDigestHouse([reader(1, { profile, state: aState({ slot }) })], { slot });
    await house.send();
    expect(subjectOf(house.sent[0]?.raw)).toBe("The week's best: Tables of the Heart");
  });

  it('in an edition from before gains were kept is in the order of the scores', async () => {
    const papers = edition.papers.map(({ weekGain: _, ...paper }) => paper);
    const house = await aDigestHouse([weekly(1)], { slot, editions: [{ ...edition, papers }] });
    await house.send();
    expect(subjectOf(house.sent[0]?.raw)).toBe("The week's best: Tables of the Heart + 1 more");
  });

  it('is the same mail when it is tried again, even if its reader has gone over to every day', async () => {
    const house = await aDigestHouse([weekly(1)], { slot, answers: [{ kind: 'paused', reason: 'under review' }] });
    expect(await house.send()).toMatchObject({ open: 1, stopped: 'sending-paused' });
    await house.store.change(subscriberId(1), aProfile({ address: 'reader1@example.org' }), due);
    house.time.now = due + 15 * minuteMs;
    expect(await house.send()).toMatchObject({ sent: 1, open: 0 });
    expect(subjectOf(house.sent[0]?.raw)).toBe("The week's best: More Tables + 1 more");
    expect((await house.stateOf(1)).outcomes).toEqual([{ edition: run, outcome: 'sent', batch: `${slot}#0000` }]);
  });

  it('that was planned for every day stays the day’s, though its reader has gone over to weekly since', async () => {
    const house = await aDigestHouse([weekly(1)], { slot: daily });
    await house.send();
    expect(subjectOf(house.sent[0]?.raw)).toBe('Tables of the Heart + 1 more');
  });

  it('expires twenty hours after its due time, as every digest', async () => {
    const house = await aDigestHouse([weekly(1), weekly(2)], { slot });
    house.time.now = due + 20 * hourMs;
    expect(await house.send()).toMatchObject({ expired: 2, sent: 0, open: 0 });
    const inTime = await aDigestHouse([weekly(1)], { slot });
    inTime.time.now = due + 20 * hourMs - 1;
    expect(await inTime.send()).toMatchObject({ sent: 1 });
  });

  it('takes its papers as the claim has them', async () => {
    const house = await aDigestHouse([weekly(1)], { slot, answers: [{ kind: 'lost', reason: 'timeout' }] });
    expect(await house.send()).toMatchObject({ open: 1 });
    expect((await house.stateOf(1)).claim?.papers).toEqual([paperId(3), paperId(1)]);
  });
});
