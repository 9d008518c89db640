import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { day, instant, subscriberId } from '../../support/builders.js';
import type { Acknowledgement, StateChange } from '../engine/ledger.js';
import { calm } from '../engine/profile.js';
import { judgeSignUps } from './sign-ups.js';
import { type Judged, Story } from './story.js';

const start = instant('2026-08-06T06:00');
const id = subscriberId(5);
const address = 'reader5@example.org';
const activeIn = (slot: string) => ({ status: 'active', slot });
const confirmedBy = (by: string, slot = 'UTC@06/67'): StateChange => ({
  at: start + 10,
  before: { status: 'pending' },
  after: activeIn(slot),
  by,
});
const confirming = (over: Partial<Acknowledgement> = {}): Acknowledgement => ({
  reader: 5,
  action: 'confirm',
  startedAt: start,
  endedAt: start + 20,
  ...over,
});

/** What the checker finds of somebody who was sent nothing after confirming. */
function found({
  notes = [confirming()],
  history = [confirmedBy('serve-pages confirm by 5 #1.1')],
  struck = [] as string[],
  isUsed = false,
  outageHours = 0,
}): readonly string[] {
  const rows = { stored: () => ({ item: { isUsed } }) };
  const outage = { ...calm.outage, from: start - 1, to: start - 1 + outageHours * hourMs };
  const world = {
    ledger: { historyOf: () => history, mails: [], acknowledgements: notes },
    faults: { struck },
    queues: { notices: { deadLetters: [] } },
    profile: { ...calm, outage },
    dynamo: { table: () => rows },
  };
  const editions = [{ date: day('2026-08-06') }, { date: day('2026-08-07') }];
  const judged = { world, editions, end: instant('2026-08-08T10:00') } as unknown as Judged;
  const story = new Story({ number: 5, id, profile: { address } } as Story['reader'], judged.world);
  return [...judgeSignUps(story, judged)].map(({ what }) => what);
}

const silent = 'reader 5 confirmed and never got a mail';
const spent = 'reader 5 confirmed and was told that the link is spent';

describe('the checker of sign-ups', () => {
  it('finds whoever confirmed and got nothing', () => {
    expect(found({})).toContain(silent);
  });

  it('excuses a death with the right to welcome used up, and none before it was', () => {
    const struck = [`crash-after: send-notice notices welcome ${id}#1@2 6 Update subscribers ${id} notice#welcome`];
    expect(found({ struck, isUsed: true })).toEqual([]);
    expect(found({ struck })).toContain(silent);
    expect(found({ isUsed: true })).toContain(silent);
  });

  it('excuses a welcome while SES was away, but no digest that fell due since', () => {
    expect(found({ outageHours: 9 })).toEqual([]);
    const history = [confirmedBy('serve-pages confirm by 5 #1.1', 'UTC@12')];
    expect(found({ outageHours: 9, history })).toContain(silent);
  });

  it('lets a link be spent that another mail has replaced, and none that has confirmed', () => {
    const notes = [confirming({ isRefused: true }), confirming()];
    expect(found({ notes, history: [confirmedBy('serve-pages confirm by 5 #2.1')] })).not.toContain(spent);
    expect(found({ notes, history: [confirmedBy('serve-pages confirm by 5 #1.1')] })).toContain(spent);
  });
});
