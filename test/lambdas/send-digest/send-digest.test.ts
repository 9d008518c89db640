import { describe, expect, it } from '@jest/globals';
import { addDays, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { aProfile, aState, paperId, subscriberId } from '../../support/builders.js';
import { aDigestHouse, due, reader, run } from './digest-house.js';

describe('sending a batch', () => {
  it('mails each subscriber once, however often the job is delivered, and balances', async () => {
    const house = await aDigestHouse([reader(1), reader(2)]);
    expect(await house.send()).toMatchObject({ candidates: 2, sent: 2, open: 0 });
    expect(await house.send()).toMatchObject({ candidates: 2, sent: 2, open: 0 });
    expect(house.sent.map(({ to }) => to)).toEqual(['reader1@example.org', 'reader2@example.org']);
    const claimed = String(due);
    expect(house.sent[0]?.tags).toEqual({
      subscriber: subscriberId(1),
      edition: run,
      attempt: '1',
      claimed,
      'ses:feedback-id-a': 'digest',
      'ses:feedback-id-b': run,
    });
    expect(await house.runs.balance(run)).toMatchObject({ candidates: 2, sent: 2, open: 0 });
  });

  it('mails once when two workers have the same job at the same time', async () => {
    const house = await aDigestHouse([reader(1), reader(2), reader(3)]);
    await Promise.all([house.send(), house.send()]);
    expect(house.sent).toHaveLength(3);
  });

  it('sends the papers that match, best first, with links of the subscriber’s own', async () => {
    const house = await aDigestHouse([reader(1)]);
    await house.send();
    const { raw } = house.sent[0]!;
    expect(raw.indexOf('Tables of the Heart')).toBeGreaterThan(0);
    expect(raw.lastIndexOf('More Tables')).toBeGreaterThan(raw.indexOf('Tables of the Heart'));
    expect(raw).not.toContain('Diffusion of Lanterns');
    expect(raw).toMatch(
      /List-Unsubscribe:\s+<https:\/\/pages\.example\.org\/unsubscribe\?token=k1\.subscriber-00000000001\./,
    );
  });

  it('says of a paper that it was withdrawn after its edition came out', async () => {
    const house = await aDigestHouse([reader(1)]);
    await house.editions.noteWithdrawn([paperId(3)]);
    await house.send();
    expect(house.sent[0]?.raw).toContain('withdrawn from arXiv');
    const other = await aDigestHouse([reader(1)]);
    await other.send();
    expect(other.sent[0]?.raw).not.toContain('withdrawn from arXiv');
  });

  it('sends no mail when nothing new matches, and counts it as unmatched', async () => {
    const profile = aProfile({ topics: [{ name: 'Fish', filter: 'fish' }] });
    const house = await aDigestHouse([reader(1, { profile })]);
    expect(await house.send()).toMatchObject({ unmatched: 1, sent: 0, open: 0 });
    expect(house.sent).toEqual([]);
  });

  it('never sends the same paper twice to one subscriber', async () => {
    const house = await aDigestHouse([reader(1)]);
    await house.send();
    const [after] = await house.store.load([subscriberId(1)]);
    const again = await aDigestHouse([reader(1, { state: aState({ seen: after!.state.seen }) })]);
    expect(await again.send()).toMatchObject({ unmatched: 1 });
  });

  it('sends nothing to one who left between planning and sending', async () => {
    const house = await aDigestHouse([reader(1), reader(2)]);
    await house.store.stop(subscriberId(1), 'unsubscribed', due);
    expect(await house.send()).toMatchObject({ candidates: 2, suppressed: 1, sent: 1 });
    expect(house.sent.map(({ to }) => to)).toEqual(['reader2@example.org']);
  });

  it('goes on mailing when a pause is over, journals it, and mails nobody before', async () => {
    const paused = (until: number) => ({ state: aState({ status: 'paused', pausedUntil: until }) });
    const over = await aDigestHouse([reader(1, paused(due))]);
    expect(await over.send()).toMatchObject({ sent: 1, open: 0 });
    expect(await over.consents.of(subscriberId(1))).toMatchObject([{ event: 'resumed' }]);
    expect((await over.stateOf(1)).status).toBe('active');
    const waiting = await aDigestHouse([reader(1, paused(due + 1))]);
    expect(await waiting.send()).toMatchObject({ suppressed: 1, open: 0 });
  });

  it('keeps a pause that was chosen while it ended an earlier one', async () => {
    const paused = { state: aState({ status: 'paused', pausedUntil: due }) };
    const house = await aDigestHouse([reader(1, paused)]);
    const endPause: typeof house.store.endPause = async (...given) => {
      await house.store.resume(subscriberId(1), due + 1);
      await house.store.pause(subscriberId(1), undefined, due + 2);
      return house.store.endPause(...given);
    };
    house.time.now = due + 5;
    expect(await house.send({ subscribers: { ...house.store, endPause } })).toMatchObject({ suppressed: 1, open: 0 });
    expect(await house.stateOf(1)).toMatchObject({ status: 'paused' });
    expect(house.sent).toEqual([]);
    // Whoever replays the journal must find the pause after the end of the one before.
    expect(await house.consents.of(subscriberId(1))).toMatchObject([{ event: 'resumed', at: due }]);
  });

  it('shows a paper again whose digest surely never left: in the next edition, when it expired or was overtaken', async () => {
    const house = await aDigestHouse([reader(1)], { answers: [{ kind: 'paused', reason: 'account' }] });
    await house.send();
    const unsent = await house.stateOf(1);
    expect(unsent).toMatchObject({ claim: { isUnsent: true }, seen: [{ edition: run }] });
    house.time.now = due + 20 * hourMs;
    expect(await house.send()).toMatchObject({ expired: 1 });
    const older = { edition: addDays(run, -1), outcomes: [] };
    const claim = { ...unsent.claim!, edition: older.edition };
    const seen = unsent.seen.map((entry) => ({ ...entry, edition: older.edition }));
    for (const state of [{ ...(await house.stateOf(1)), ...older }, aState({ ...older, claim, seen })]) {
      const next = await aDigestHouse([reader(1, { state })]);
      expect(await next.send()).toMatchObject({ sent: 1 });
      expect(next.sent[0]?.raw).toContain('Tables of the Heart');
    }
  });

  it('goes on with a welcome that was left open, and counts it nowhere', async () => {
    const claim = { edition: run, batch: 'welcome', attempt: 1, at: due, papers: [paperId(1)], isUnsent: true };
    const house = await aDigestHouse([reader(1, { state: aState({ edition: run, claim }) })]);
    const at = due + 18 * hourMs;
    await house.runs.adoptWelcome(run, slotOf('Europe/Berlin', 7), subscriberId(1), at);
    house.time.now = at + 19 * hourMs;
    const job = { run, batch: `welcome#${subscriberId(1)}` };
    expect(await house.send({}, undefined, job)).toMatchObject({ candidates: 0, sent: 0, open: 0 });
    expect(house.sent).toHaveLength(1);
    expect(await house.stateOf(1)).toMatchObject({ outcomes: [{ edition: run, outcome: 'sent', batch: 'welcome' }] });
  });

  it('lets a digest expire 20 hours after its due time', async () => {
    const house = await aDigestHouse([reader(1)]);
    house.time.now = due + 20 * hourMs;
    expect(await house.send()).toMatchObject({ expired: 1 });
    expect(house.sent).toEqual([]);
  });

  it('waits, and calls nobody failed, while the keys cannot be read', async () => {
    const house = await aDigestHouse([reader(1)], { isSecretDown: true });
    expect(await house.send()).toMatchObject({ open: 1, failed: 0, stopped: 'sending-paused' });
    expect((await house.stateOf(1)).claim).toMatchObject({ isUnsent: true });
  });

  it('goes on with the others when one of them throws, and leaves that one open', async () => {
    const house = await aDigestHouse([reader(1), reader(2)]);
    const subscribers = {
      ...house.store,
      claim: (...given: Parameters<typeof house.store.claim>) =>
        given[0].id === subscriberId(1) ? Promise.reject(new Error('a broken row')) : house.store.claim(...given),
    };
    expect(await house.send({ subscribers })).toMatchObject({ sent: 1, open: 1 });
    expect(house.warnings.join()).toContain(subscriberId(1));
    expect(await house.send()).toMatchObject({ sent: 2, open: 0 });
  });

  it('counts a rejected digest as failed and goes on', async () => {
    const house = await aDigestHouse([reader(1), reader(2)], {
      answers: [{ kind: 'rejected', reason: 'MessageRejected' }],
    });
    expect(await house.send()).toMatchObject({ failed: 1, sent: 1 });
  });

  it('passes over a topic that the catalogue no longer has', async () => {
    const topics = [{ catalogueId: 'gone' }, { name: 'Tables', filter: 'tables' }];
    const house = await aDigestHouse([reader(1, { profile: aProfile({ topics }) })]);
    expect(await house.send()).toMatchObject({ sent: 1 });
    expect(house.warnings.join()).toContain('gone');
    expect(house.unreadable).toEqual([]);
  });

  it('passes over an own filter that cannot be read any more, and counts it as our fault', async () => {
    const topics = [
      { name: 'Old', filter: 'secret (' },
      { name: 'Tables', filter: 'tables' },
    ];
    const house = await aDigestHouse([reader(1, { profile: aProfile({ topics }) })]);
    expect(await house.send()).toMatchObject({ sent: 1, broken: 0 });
    expect(house.unreadable).toEqual([1]);
    expect(house.warnings.join()).not.toContain('secret');
  });
});

describe('a sending quota', () => {
  it('stops the batch before anything is claimed when it is used up, is counted, and lets a later job go on', async () => {
    const house = await aDigestHouse([reader(1), reader(2)], { quota: { per24Hours: 200, sentLast24Hours: 199 } });
    expect(await house.send()).toMatchObject({ sent: 1, open: 1, stopped: 'quota-exhausted' });
    expect(house.stops).toEqual([1]);
    expect((await house.stateOf(2)).claim).toBeUndefined();
    expect(await house.runs.balance(run)).toMatchObject({ quotaStops: 1 });
    const full = async () => ({ perSecond: 14, per24Hours: 200, sentLast24Hours: 0 });
    expect(await house.send({ quota: full })).toMatchObject({ sent: 2, open: 0 });
    expect(house.sent).toHaveLength(2);
    expect(house.stops).toEqual([1, 0]);
  });

  it('that SES reports while sending leaves the claim to be resumed with the same papers', async () => {
    const house = await aDigestHouse([reader(1), reader(2)], { answers: [{ kind: 'quota-exhausted' }] });
    expect(await house.send()).toMatchObject({ sent: 0, open: 2, stopped: 'quota-exhausted' });
    expect((await house.stateOf(1)).claim).toMatchObject({ isUnsent: true, attempt: 1 });
    house.time.now += 15 * minuteMs;
    expect(await house.send()).toMatchObject({ sent: 2, open: 0 });
    expect(house.sent[0]?.raw).toContain('Tables of the Heart');
    expect(house.sent[0]?.tags.attempt).toBe('1');
  });

  it('backs off when mails come too fast, and stops when that does not help', async () => {
    const throttled: SendAnswer = { kind: 'throttled' };
    const patient = await aDigestHouse([reader(1)], { answers: [throttled, throttled] });
    expect(await patient.send()).toMatchObject({ sent: 1 });
    const hopeless = await aDigestHouse([reader(1)], { answers: [throttled, throttled, throttled, throttled] });
    expect(await hopeless.send()).toMatchObject({ open: 1, stopped: 'throttled' });
  });

  it('stops while the account is paused', async () => {
    const house = await aDigestHouse([reader(1), reader(2)], { answers: [{ kind: 'paused', reason: 'account' }] });
    expect(await house.send()).toMatchObject({ open: 2, stopped: 'sending-paused' });
    expect(house.sent).toEqual([]);
  });
});

describe('a worker that runs out of time', () => {
  it('stops between two mails and leaves the rest to a later job', async () => {
    const house = await aDigestHouse([reader(1), reader(2)]);
    expect(await house.send({}, () => (house.sent.length === 0 ? 60_000 : 10_000))).toMatchObject({
      sent: 1,
      open: 1,
      stopped: 'out-of-time',
    });
    expect(await house.send()).toMatchObject({ sent: 2, open: 0 });
  });
});
