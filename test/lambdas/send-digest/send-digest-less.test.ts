import { describe, expect, it } from '@jest/globals';
import type { SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { aProfile, subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader, run } from './digest-house.js';

describe('what a reader leaves out', () => {
  const choosy = (number: number, never: readonly string[], over: Partial<SubscriberProfile> = {}) =>
    reader(number, { profile: aProfile({ address: `reader${number}@example.org`, never, ...over }) });
  const titles = (house: Awaited<ReturnType<typeof aDigestHouse>>) =>
    house.sent.map(({ raw }) =>
      ['Tables of the Heart', 'Diffusion of Lanterns', 'More Tables'].filter((title) => raw.includes(title)),
    );

  it('is in no digest of theirs, whatever their topics say, and in those of others', async () => {
    const house = await aDigestHouse([choosy(1, ['"heart"']), reader(2)]);
    expect(await house.send()).toMatchObject({ sent: 2 });
    expect(titles(house)).toEqual([['More Tables'], ['Tables of the Heart', 'More Tables']]);
    expect((await house.stateOf(1)).seen).toEqual([{ edition: run, places: [2] }]);
  });

  it('is no paper of an author, of the catalogue’s topics, or of the best outside the topics either', async () => {
    const fish = { topics: [{ name: 'Fish', filter: 'fish' }], quietDays: 'best-unseen' } as const;
    const house = await aDigestHouse([choosy(1, ['"lamps"'], fish), choosy(2, ['author:"Ada Moss"'], fish)]);
    expect(await house.send()).toMatchObject({ sent: 2 });
    expect(titles(house)).toEqual([
      ['Tables of the Heart', 'More Tables'],
      ['Tables of the Heart', 'More Tables'],
    ]);
  });

  it('ends as an ordinary day without matches when it is all there was', async () => {
    const house = await aDigestHouse([choosy(1, ['tables'])]);
    expect(await house.send()).toMatchObject({ unmatched: 1, sent: 0, open: 0 });
    expect((await house.stateOf(1)).seen).toEqual([]);
  });

  it('does not change a digest that was claimed before', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [{ kind: 'quota-exhausted' }] });
    expect(await house.send()).toMatchObject({ open: 1 });
    await house.store.change(subscriberId(1), aProfile({ never: ['"heart"'] }), due);
    expect(await house.send()).toMatchObject({ sent: 1 });
    expect(titles(house)).toEqual([['Tables of the Heart', 'More Tables']]);
  });

  it('is passed over where it cannot be read any more, and counted as our fault', async () => {
    const house = await aDigestHouse([choosy(1, ['org:', '"heart"'])]);
    expect(await house.send()).toMatchObject({ sent: 1, broken: 0 });
    expect([house.unreadable, titles(house)]).toEqual([[1], [['More Tables']]]);
  });

  it('can be added to by a link in the mail, which is the same in HTML and text and is there once in each', async () => {
    const house = await aDigestHouse([reader(1)]);
    await house.send();
    const raw = house.sent[0]?.raw.replace(/=\r\n/g, '') ?? '';
    const links = raw.match(/https:\/\/pages\.example\.org\/less\?token(?:=3D|=)[\w.-]+/g) ?? [];
    expect(links).toHaveLength(2);
    expect(new Set(links.map((link) => link.replace('=3D', '='))).size).toBe(1);
  });
});
