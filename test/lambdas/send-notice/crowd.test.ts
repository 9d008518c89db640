import { describe, expect, it } from '@jest/globals';
import type { RequestOrigin } from '../../../shared/contract/messages.js';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { aProfile, aState, aSubscriber } from '../../support/builders.js';
import { aNoticeHouse, aRequest, idOf, noon } from './notice-house.js';

const quarterMs = 15 * minuteMs;

type AskedFrom = Partial<Pick<RequestOrigin, 'lane' | 'network'>> & { readonly domain?: string | undefined };

/** A house whose hour has room for ten notices, and requests from a network and for a domain that were counted. */
function aCrowdedHouse() {
  const house = aNoticeHouse({ per24Hours: 10 * 96 });
  let asked = 0;
  const ask = async (over: AskedFrom = {}) => {
    asked += 1;
    const all = { lane: 'proven', network: `network${asked}`, domain: `domain${asked}`, ...over } as const;
    const { domain, ...rest } = all;
    const from: RequestOrigin = { ...rest, ...(domain !== undefined && { domain }) };
    await house.requests.count(from, house.time.now);
    return aRequest({ address: `reader${asked}@example.org`, requestedAt: house.time.now, origin: from });
  };
  return { ...house, ask };
}

describe('a request from where many come', () => {
  it('has the little that is left to such, and newcomers have the rest', async () => {
    const { ask, deliver, sent } = aCrowdedHouse();
    const first = await ask({ network: 'n' });
    const [second, third] = [await ask({ network: 'n' }), await ask({ network: 'n' })];
    const reports = [await deliver(second), await deliver(third), await deliver(first)];
    // By then the first is one of many as well.
    expect(reports.map(({ outcome }) => outcome)).toEqual(['mailed', 'put-back', 'put-back']);
    for (let time = 0; time < 9; time += 1) expect(await deliver(await ask())).toMatchObject({ outcome: 'mailed' });
    expect(await deliver(await ask())).toMatchObject({ outcome: 'put-back' });
    expect(sent).toHaveLength(10);
  });

  it('is so for its domain too, unless that is a large provider’s; without proof there is a share for all', async () => {
    const { ask, deliver } = aCrowdedHouse();
    const outcomesOf = async (origin: AskedFrom) => {
      const asked = [await ask(origin), await ask(origin), await ask(origin), await ask(origin)];
      const outcomes = [];
      for (const message of asked) outcomes.push((await deliver(message)).outcome);
      return outcomes;
    };
    expect(await outcomesOf({ domain: 'd' })).toEqual(['mailed', 'put-back', 'put-back', 'put-back']);
    expect(await outcomesOf({ domain: undefined })).toEqual(Array(4).fill('mailed'));
    expect(await outcomesOf({ lane: 'unproven' })).toEqual(['mailed', 'put-back', 'put-back', 'put-back']);
  });

  it('waits for an hour, a quarter at a time, and is then dropped, with a word in the log and no address', async () => {
    const { ask, deliver, putBack, time, log, stateOf, consents } = aCrowdedHouse();
    const [one, two] = [await ask({ network: 'n' }), await ask({ network: 'n' })];
    await deliver(one);
    for (let wait = 0; wait < 4; wait += 1) {
      time.now = noon + wait * quarterMs;
      expect(await deliver(two)).toMatchObject({ outcome: 'put-back' });
    }
    expect(putBack).toEqual(Array(4).fill({ message: two, delaySeconds: 900 }));
    // Even when the next hour has room again for others.
    time.now = noon + hourMs;
    await deliver(await ask({ network: 'n' }));
    expect(await deliver(two)).toMatchObject({ outcome: 'crowded' });
    expect(log.filter((line) => line.includes('was dropped'))).toHaveLength(1);
    expect(log.join()).not.toContain('reader2@');
    const id = idOf('reader2@example.org');
    expect([await stateOf(id), await consents.of(id)]).toEqual([undefined, []]);
  });

  it('waits for a day like everybody when there is no room for anybody', async () => {
    const { ask, deliver, time } = aCrowdedHouse();
    for (let time = 0; time < 10; time += 1) await deliver(await ask());
    const late = await ask();
    time.now = noon + 59 * minuteMs;
    expect(await deliver(late)).toMatchObject({ outcome: 'put-back' });
    time.now = noon + hourMs;
    expect(await deliver(late)).toMatchObject({ outcome: 'mailed' });
  });

  it('is judged when it is worked on: whoever waited for ten minutes has shown by then who else comes', async () => {
    const { ask, deliver, time, sent } = aCrowdedHouse();
    const early = await ask({ network: 'n', lane: 'unproven' });
    await ask({ network: 'n', lane: 'unproven' });
    const alone = await ask({ lane: 'unproven' });
    const filler = [await ask({ network: 'm' }), await ask({ network: 'm' })];
    for (const message of filler) await deliver(message);
    time.now = noon + 10 * minuteMs;
    expect(await deliver(early)).toMatchObject({ outcome: 'put-back' });
    expect(await deliver(alone)).toMatchObject({ outcome: 'mailed' });
    expect(sent).toHaveLength(2);
  });

  it('of an earlier version, without an origin, is answered as it was', async () => {
    const { deliver, sent } = aCrowdedHouse();
    for (let number = 0; number < 10; number += 1) {
      expect(await deliver(aRequest({ address: `old${number}@example.org` }))).toMatchObject({ outcome: 'mailed' });
    }
    expect(sent).toHaveLength(10);
  });
});

describe('an address that a provider spells in several ways', () => {
  it('is asked once, however it is spelt', async () => {
    const { deliver, sent } = aNoticeHouse();
    const spellings = ['ada.quill@proton.me', 'Ada_Quill@pm.me', 'adaquill+x@protonmail.com'];
    const outcomes = [];
    for (const address of spellings) outcomes.push((await deliver(aRequest({ address }))).outcome);
    expect(outcomes).toEqual(['mailed', 'too-soon', 'too-soon']);
    expect(sent.map(({ to }) => to)).toEqual(['ada.quill@proton.me']);
  });

  it.each([
    ['ada.quill@pm.me', 'ada.quill@pm.me'],
    ['Ada-News@yahoo.com', 'ada-news@yahoo.com'],
    ['x@ada.fastmail.com', 'x@ada.fastmail.com'],
  ])('keeps the id by which %s subscribed before that was known', async (address, formerly) => {
    const id = idOf(formerly);
    const profile = aProfile({ address });
    const { deliver, sent } = aNoticeHouse({ subscribers: [aSubscriber({ id, profile })] });
    const report = await deliver(aRequest({ address }));
    expect(report).toMatchObject({ outcome: 'mailed', notice: 'already-subscribed', subscriber: id });
    expect(sent[0]?.tags.subscriber).toBe(id);
  });

  it('stays without mail where it complained before that was known', async () => {
    const address = 'ada.quill@pm.me';
    const suppressed = aSubscriber({ id: idOf(address), state: aState({ status: 'suppressed' }) });
    const { deliver, sent } = aNoticeHouse({ subscribers: [suppressed] });
    expect(await deliver(aRequest({ address }))).toMatchObject({ outcome: 'suppressed' });
    expect(sent).toEqual([]);
  });
});
