import { expect, it } from '@jest/globals';
import { subscriberId } from '../../support/builders.js';
import type { KnownMail, StateChange } from '../engine/ledger.js';
import type { World } from '../engine/world.js';
import { Story } from './story.js';

it('a digest that a slow process sends belongs to the life in which it was claimed, not to the one begun since', () => {
  const id = subscriberId(1);
  const edition = '2026-08-06';
  const holding = (claimedAt: number, batch: string) => ({
    status: 'active',
    claim: { edition, attempt: 1, at: claimedAt, batch, isUnsent: false },
  });
  const first = holding(11, 'slot');
  const second = holding(41, 'welcome');
  const history: StateChange[] = [
    { at: 10, before: { status: 'active' }, after: first, by: 'send-digest' },
    { at: 20, before: first, after: undefined, by: 'serve-pages erase by 1 #1.1' },
    { at: 40, before: { status: 'active' }, after: second, by: 'send-notice' },
  ];
  const mail = (at: number, claimed: string) =>
    ({ at, subscriber: id, kind: 'digest', edition, attempt: 1, tags: { claimed } }) as unknown as KnownMail;
  const mails = [mail(45, '41'), mail(50, '11')];
  const ledger = { historyOf: () => history, mails, acknowledgements: [] };
  const story = new Story({ number: 1, id } as unknown as Story['reader'], { ledger } as unknown as World);
  expect(mails.map((each) => story.rightOf(each)?.batch)).toEqual(['welcome', 'slot']);
  expect([0, 1].map((life) => story.digestsOf(edition, life).length)).toEqual([1, 1]);
});
