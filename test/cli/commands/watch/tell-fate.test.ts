import { describe, expect, it } from '@jest/globals';
import { resumeSending } from '../../../../cli/commands/sending/pause-and-resume.js';
import { describeFate, fateOf } from '../../../../cli/commands/watch/tell-fate.js';
import { dayMs, hourMs, minuteMs } from '../../../../shared/domain/calendar-date.js';
import type { DeliveryDays } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import type { SubscriberState } from '../../../../shared/domain/subscriber/subscriber.js';
import {
  aClaim,
  aConsent,
  anEdition,
  aRankedPaper,
  aState,
  aSubscriber,
  day,
  instant,
  paperId,
  subscriberId,
} from '../../../support/builders.js';
import { fakeConsentRepository } from '../../../support/fake-consent-repository.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeRunRepository } from '../../../support/fake-run-repository.js';
import { fakeSubscriberRepository } from '../../../support/fake-subscriber-repository.js';
import { fakeTrafficRepository } from '../../../support/fake-traffic-repository.js';

const id = subscriberId(1);
const edition = day('2026-08-07');
const due = instant('2026-08-07T05:00');
const batch = 'Europe/Berlin@07#0000';

async function aLedger(state: Partial<SubscriberState> | 'erased', isPlanned = true) {
  const subscribers = fakeSubscriberRepository(...(state === 'erased' ? [] : [aSubscriber({ state: aState(state) })]));
  const consents = fakeConsentRepository();
  await consents.append(aConsent());
  const runs = fakeRunRepository();
  if (isPlanned) {
    await runs.openBatch({ run: edition, slot: slotOf('Europe/Berlin', 7), seq: 0, subscribers: [id] }, due);
  }
  const papers = [2, 1].map((number) => aRankedPaper({ id: paperId(number) }));
  const traffic = fakeTrafficRepository();
  return { subscribers, consents, runs, editions: fakeEditionRepository(anEdition({ papers })), traffic };
}

const now = due + hourMs;
const fate = async (...given: Parameters<typeof aLedger>) => fateOf(id, { now }, await aLedger(...given));

describe('the fate of a digest', () => {
  it('is told from the ledger, step by step', async () => {
    const outcomes = [{ edition, outcome: 'sent', batch }] as const;
    const told = await fate({ edition, outcomes, seen: [{ edition, places: [1] }] });
    expect(told).toEqual({
      edition,
      outcome: 'sent',
      steps: [
        { at: '2026-08-01T12:00:00.000Z', what: 'requested (form)' },
        { at: '2026-08-07T05:00:00.000Z', what: `planned in batch ${batch}` },
        { at: '2026-08-07T06:00:00.000Z', what: 'is active' },
        { at: null, what: `ended as sent, by batch ${batch}` },
        { at: null, what: 'papers: 2608.00001' },
      ],
    });
    expect(describeFate(told)).toContain(`Digest of ${edition}: sent`);
    expect(describeFate(told)).toContain('2026-08-07T05:00:00.000Z  planned in batch');
  });

  it('is open while a claim is, and says whether the mail may have left', async () => {
    const claim = aClaim({ batch, attempt: 2, firstAt: due + minuteMs });
    const doubt = await fate({ edition, claim });
    expect(doubt.outcome).toBe('open');
    expect(doubt.steps.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['claimed, attempt 1', expect.stringMatching(/attempt 2; in doubt/)]),
    );
    const unsent = await fate({ edition, claim: { ...claim, isUnsent: true } });
    expect(unsent.steps.map(({ what }) => what).join()).toContain('surely not sent yet');
  });

  it('that nobody planned says on which days there are any', async () => {
    const ledger = await aLedger({}, false);
    const [reader] = await ledger.subscribers.load([id]);
    await ledger.subscribers.change(id, { ...reader!.profile, days: 'w5' as DeliveryDays }, due);
    const told = await fateOf(id, { date: day('2026-08-06'), now }, ledger);
    expect(told.outcome).toBe('none');
    expect(told.steps.at(-1)?.what).toBe('is active; digests come once a week, on Friday');
  });

  it('is of the newest edition that somebody was planned for, even while it waits', async () => {
    const yesterday = day('2026-08-06');
    const ended = { edition: yesterday, outcomes: [{ edition: yesterday, outcome: 'sent', batch }] } as const;
    const waiting = await fate(ended);
    expect([waiting.edition, waiting.outcome]).toEqual([edition, 'open']);
    const unplanned = await fate(ended, false);
    expect([unplanned.edition, unplanned.outcome]).toEqual([yesterday, 'sent']);
    const { edition: told } = await fateOf(id, { now: now + dayMs }, await aLedger(ended));
    expect(told).toBe(edition);
  });

  it('of a day without an edition says that there is none', async () => {
    const told = await fateOf(id, { date: day('2026-08-05'), now }, await aLedger({}));
    expect(told.outcome).toBe('none');
    expect(told.steps.map(({ what }) => what)).toContain('there is no edition of 2026-08-05');
  });

  it('says by how many filters its reader leaves papers out, and not by which', async () => {
    const ledger = await aLedger({}, false);
    const [reader] = await ledger.subscribers.load([id]);
    const told = async (...never: string[]) => {
      await ledger.subscribers.change(id, { ...reader!.profile, never }, due);
      return (await fateOf(id, { date: day('2026-08-06'), now }, ledger)).steps.at(-1)?.what;
    };
    expect(await told('author:"Ada Moss"')).toBe('is active; leaves out what one filter matches');
    expect(await told('author:"Ada Moss"', '"wax"')).toBe('is active; leaves out what 2 filters match');
  });

  it('without an outcome is what the run counts', async () => {
    expect((await fate({})).outcome).toBe('open');
    expect((await fate({}, false)).outcome).toBe('none');
    expect((await fate({ status: 'unsubscribed' })).outcome).toBe('suppressed');
    const overtaken = await aLedger({ edition: day('2026-08-08') });
    expect((await fateOf(id, { date: edition, now }, overtaken)).outcome).toBe('expired');
  });

  it('that waits says that all digests are paused or halted, as long as they are', async () => {
    const told = async (by?: 'admin', state: Partial<SubscriberState> = {}) => {
      const ledger = await aLedger(state);
      await ledger.traffic.halt('notices', due, 'admin');
      const before = await fateOf(id, { date: edition, now }, ledger);
      expect(before.steps.map(({ what }) => what).join()).not.toContain('resume sending');
      await ledger.traffic.halt('digests', due + minuteMs, by);
      const { steps } = await fateOf(id, { date: edition, now }, ledger);
      await resumeSending(ledger.traffic, now);
      expect(await fateOf(id, { date: edition, now }, ledger)).toEqual(before);
      return steps.filter(({ what }) => what.includes('resume sending'));
    };
    const at = '2026-08-07T05:01:00.000Z';
    const after = ' and have been waiting since; `resume sending` ends that';
    expect(await told('admin')).toEqual([{ at, what: `all digests were paused by an admin${after}` }]);
    expect(await told()).toEqual([{ at, what: `all digests were halted after bounces or complaints${after}` }]);
    const outcomes = [{ edition, outcome: 'sent', batch }] as const;
    expect(await told('admin', { edition, outcomes })).toEqual([]);
  });

  it('of one who never asked for mail says so', async () => {
    const ledger = { ...(await aLedger('erased', false)), consents: fakeConsentRepository() };
    const { outcome, steps, isUnknown } = await fateOf(id, { now }, ledger);
    expect(isUnknown).toBe(true);
    const what = 'is unknown to this Paperboy: check the spelling of the address';
    expect([outcome, steps]).toEqual(['none', [{ at: '2026-08-07T06:00:00.000Z', what }]]);
  });

  it('of one who was erased is told by the journal', async () => {
    const ledger = await aLedger('erased');
    await ledger.consents.append(aConsent({ event: 'suppressed', cause: 'complaint', at: due }));
    const told = await fateOf(id, { date: edition, now }, ledger);
    expect(told.outcome).toBe('suppressed');
    expect(told.steps.map(({ what }) => what)).toContain('has no subscription; according to the journal, suppressed');
  });
});

describe('resuming sending', () => {
  it('lets go on what is halted, and nothing else', async () => {
    const traffic = fakeTrafficRepository();
    expect(await resumeSending(traffic, now)).toEqual([]);
    await traffic.halt('digests', due);
    expect(await resumeSending(traffic, now)).toEqual(['digests']);
    expect(await traffic.sending('digests')).toEqual({ resumedAt: now });
  });
});
