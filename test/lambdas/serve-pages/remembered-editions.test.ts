import { describe, expect, it } from '@jest/globals';
import { rememberedEditions } from '../../../lambdas/serve-pages/editions/remembered-editions.js';
import { anEdition, day } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';

function aStore() {
  const editions = fakeEditionRepository(anEdition(), anEdition({ date: day('2026-08-06') }));
  const read: string[] = [];
  const find: typeof editions.find = (date) => {
    read.push(date);
    return editions.find(date);
  };
  return { editions, read, remembered: rememberedEditions({ find, isPublished: editions.isPublished }) };
}

describe('remembered editions', () => {
  it('read the newest once, however often it is looked at', async () => {
    const { remembered, read } = aStore();
    for (let time = 0; time < 3; time += 1)
      expect((await remembered.newest(day('2026-08-07')))?.date).toBe('2026-08-07');
    expect(read).toEqual(['2026-08-07']);
  });

  it('find a newer one as soon as it is published', async () => {
    const { remembered, editions } = aStore();
    await remembered.newest(day('2026-08-08'));
    await editions.publish(anEdition({ date: day('2026-08-08') }));
    expect((await remembered.newest(day('2026-08-08')))?.date).toBe('2026-08-08');
  });

  it('look back seven days and no further', async () => {
    const { remembered } = aStore();
    expect((await remembered.newest(day('2026-08-13')))?.date).toBe('2026-08-07');
    expect(await aStore().remembered.newest(day('2026-08-14'))).toBeUndefined();
  });

  it('find others too, and none where there is none', async () => {
    const { remembered } = aStore();
    expect((await remembered.find(day('2026-08-06')))?.date).toBe('2026-08-06');
    expect(await remembered.find(day('2026-08-05'))).toBeUndefined();
  });
});
