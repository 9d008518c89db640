import { describe, expect, it } from '@jest/globals';
import { aDigestHouse, reader, run } from './digest-house.js';

describe('a batch of a table that was restored from a backup', () => {
  it('claims, sends and counts nothing until the replay has ended, and says why', async () => {
    const house = await aDigestHouse([reader(1)], { isCopy: true });
    const before = await house.runs.batchesOf(run);
    expect(await house.send()).toMatchObject({ open: 1, sent: 0, stopped: 'restored-table' });
    expect(house.sent).toEqual([]);
    expect((await house.stateOf(1)).claim).toBeUndefined();
    expect(await house.runs.batchesOf(run)).toEqual(before);
    expect(house.stops).toEqual([1]);
    expect(house.warnings.join()).toMatch(/nothing is sent before .*restore replay/);
    expect(await house.send({ isOwnTable: async () => true })).toMatchObject({ open: 0, sent: 1 });
  });
});
