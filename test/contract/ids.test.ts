import { describe, expect, it } from '@jest/globals';
import { editionPublished } from '../../shared/contract/events.js';
import { calendarDate, paperId, slot, subscriberId } from '../../shared/contract/ids.js';
import { sendDigest, sendNotice } from '../../shared/contract/messages.js';
import { paperId as aPaperId, subscriberId as aSubscriberId } from '../support/builders.js';

describe('ids', () => {
  it.each([
    [
      'a subscriber',
      subscriberId,
      [aSubscriberId(1), `${'A-_9'.repeat(5)}zz`],
      ['', aSubscriberId(1).slice(1), 'a'.repeat(23), 'ä'.repeat(22), 7],
    ],
    ['a day', calendarDate, ['2026-02-28', '2028-02-29'], ['2026-02-29', '2026-2-28', '2026-02-28T00', '', 20260228]],
    [
      'a paper',
      paperId,
      [aPaperId(7), 'hep-ex/0406020'],
      [`${aPaperId(7)}v2`, `arXiv:${aPaperId(7)}`, '2613.00001', undefined],
    ],
    [
      'a slot',
      slot,
      ['Europe/Berlin@07', 'UTC@23', 'Europe/Berlin@07/12345', 'UTC@00/w7'],
      ['Europe/Berlin@7', 'Europe/Berlin', '@07', 'Europe Berlin@07', 'UTC@07/', 'UTC@07/51', 'UTC@07/1234567', null],
    ],
  ])('of %s are taken as they are, and nothing else is', (_, schema, ids, others) => {
    for (const id of ids) expect(schema.safeParse(id).data).toBe(id);
    for (const other of others) expect(schema.safeParse(other).success).toBe(false);
  });

  it('are what messages and events carry: one with another text is refused at the border', () => {
    const run = '2026-08-07';
    expect(sendDigest.safeParse({ run, batch: 'b' }).success).toBe(true);
    expect(sendDigest.safeParse({ run: '2026-02-30', batch: 'b' }).success).toBe(false);
    expect(editionPublished.detail.safeParse({ date: run }).success).toBe(true);
    expect(editionPublished.detail.safeParse({ date: '2026-02-30' }).success).toBe(false);
    for (const kind of ['welcome', 'goodbye'] as const) {
      expect(sendNotice.safeParse({ kind, subscriber: aSubscriberId(1) }).success).toBe(true);
      expect(sendNotice.safeParse({ kind, subscriber: 'somebody' }).success).toBe(false);
    }
  });
});
