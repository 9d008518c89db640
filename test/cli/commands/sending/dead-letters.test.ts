import { describe, expect, it } from '@jest/globals';
import { fateOf } from '../../../../cli/commands/sending/redrive/dead-letters.js';
import { hourMs } from '../../../../shared/domain/calendar-date.js';
import { instant, subscriberId } from '../../../support/builders.js';

const now = instant('2026-08-07T12:00');
const ofQueue = { origin: 'https://queue.example' };
const fate = (body: unknown, of: Parameters<typeof fateOf>[1] = {}) => fateOf(JSON.stringify(body), of, now);
const event = (type: string, detail: object, source = 'paperboy') => ({ source, 'detail-type': type, detail });

describe('what becomes of a dead letter', () => {
  it.each([
    ['a job of digests', { run: '2026-08-07', batch: 'UTC@07#0000' }],
    ['a notice', { kind: 'welcome', subscriber: subscriberId(1) }],
    ['an event of SES', event('Email Bounced', { eventType: 'Bounce' }, 'aws.ses')],
    ['a piece of a backfill', { kind: 'backfill', id: 'one', from: '2026-07-01', to: '2026-07-02' }],
    ['what no schema knows any more', 'something else'],
  ])('%s goes back into its queue', (_, body) => {
    expect(fate(body, ofQueue)).toEqual({ kind: 'move' });
  });

  it('the hourly message repeats itself, also where EventBridge could not put it on the queue', () => {
    expect(fate({ kind: 'hourly' }, ofQueue)).toEqual({ kind: 'repeats-itself' });
    expect(fate(event('Scheduled Event', {}, 'aws.events'), ofQueue)).toEqual({ kind: 'repeats-itself' });
  });

  it('a tick repeats itself, and so does the word of an edition, which the next tick plans', () => {
    expect(fate(event('Scheduled Event', {}, 'aws.events'))).toEqual({ kind: 'repeats-itself' });
    expect(fate(event('edition.published', { date: '2026-08-07' }))).toEqual({ kind: 'repeats-itself' });
  });

  it('the scores of today are invoked again, those of a day that is over are not', () => {
    const ingested = (at: number) => event('papers.ingested', { at, sources: [] });
    expect(fate(ingested(now - hourMs))).toEqual({
      kind: 'invoke',
      type: 'papers.ingested',
      detail: { at: now - hourMs, sources: [] },
    });
    expect(fate(ingested(now - 13 * hourMs))).toEqual({ kind: 'repeats-itself' });
  });

  it('any other event of ours is invoked again', () => {
    expect(fate(event('edition.remake-asked', { date: '2026-08-07' }))).toMatchObject({ kind: 'invoke' });
  });

  it('what nobody knows stays', () => {
    expect(fate('no event')).toEqual({ kind: 'unknown' });
    expect(fateOf('no JSON', {}, now)).toEqual({ kind: 'unknown' });
    expect(fate(event('Something', {}, 'somebody.else'))).toEqual({ kind: 'unknown' });
  });
});
