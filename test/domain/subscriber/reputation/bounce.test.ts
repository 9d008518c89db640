import { describe, expect, it } from '@jest/globals';
import { dayMs, hourMs } from '../../../../shared/domain/calendar-date.js';
import {
  kindOfBounce,
  type SoftBounces,
  withMailSent,
  withSoftBounce,
} from '../../../../shared/domain/subscriber/reputation/bounce.js';
import { instant } from '../../../support/builders.js';

const judge = (bounceType: string, bounceSubType?: string, ...bouncedRecipients: object[]) =>
  kindOfBounce({ bounceType, bounceSubType, bouncedRecipients });
const coded = (status: string, type = 'Transient') => judge(type, 'General', { action: 'failed', status });
const said = (diagnosticCode: string, status?: string) => judge('Transient', 'General', { status, diagnosticCode });

describe('a bounce', () => {
  it('is hard or soft by its status code, whatever SES calls it', () => {
    for (const type of ['Permanent', 'Transient', 'Undetermined']) {
      for (const status of ['5.1.1', '5.1.2', '5.1.10', '5.2.1', '5.4.4', '5.5.0', '5.0.0', ' 5.1.1 (unknown user)']) {
        expect([type, status, coded(status, type)]).toEqual([type, status, 'hard']);
      }
      for (const status of ['4.2.2', '4.4.7', '4.0.0', '4.1.1', '4.7.0']) {
        expect([type, status, coded(status, type)]).toEqual([type, status, 'soft']);
      }
    }
    expect(judge('Transient', 'MailboxFull', { status: '5.1.1' })).toBe('hard');
  });

  it('is soft when a permanent failure is not about the address', () => {
    const others = ['5.1.8', '5.2.2', '5.2.3', '5.3.2', '5.3.4', '5.4.5', '5.4.7', '5.6.0', '5.6.1', '5.7.1', '5.7.26'];
    for (const status of others) expect([status, coded(status, 'Permanent')]).toEqual([status, 'soft']);
  });

  it('is soft when the content was refused, whatever its code', () => {
    for (const refusal of ['ContentRejected', 'AttachmentRejected', 'MessageTooLarge']) {
      expect(judge('Transient', refusal, { status: '5.1.1' })).toBe('soft');
      expect(judge('Transient', refusal)).toBe('soft');
    }
  });

  it('is judged by the words of the server where the code says nothing', () => {
    expect(said('smtp; 550 5.1.1 no such user here')).toBe('hard');
    expect(said('smtp; 550-5.1.1 no such user here')).toBe('hard');
    expect(said('smtp; 550 #5.1.0 refused', '5.0.0')).toBe('hard');
    expect(said('smtp; 552 5.2.2 over quota', '5.0.0')).toBe('soft');
    expect(said('smtp; 550 5.1.1 no such user', '4.4.7')).toBe('soft');
    expect(said('smtp; 451 try later, 5.1.1.9 is listed')).toBe('soft');
    expect(said('smtp; 451 try later, 10.5.1.1 is listed')).toBe('soft');
  });

  it('is judged by SES’s label where there is no code', () => {
    expect(judge('Permanent', 'Suppressed')).toBe('hard');
    expect(judge('Permanent', undefined, { status: 'unknown' })).toBe('hard');
    expect(kindOfBounce({ bounceType: 'Permanent' })).toBe('hard');
    expect(judge('Transient', 'MailboxFull', {})).toBe('soft');
    expect(judge('Transient', 'CustomTimeoutExceeded', {})).toBe('soft');
    expect(judge('Transient', 'General', { action: 'failed' })).toBe('soft');
  });

  it('is an absence note when no server says a word', () => {
    expect(judge('Transient', 'General', {})).toBe('reply');
    expect(judge('Undetermined', 'Undetermined', { status: null, diagnosticCode: null })).toBe('reply');
    expect(kindOfBounce({ bounceType: 'Transient' })).toBe('reply');
    expect(judge('Transient', 'General', { action: 'delivered', status: '2.0.0' })).toBe('reply');
  });

  it('of several recipients is hard only when it is for each of them', () => {
    expect(judge('Permanent', 'General', { status: '5.1.1' }, { status: '5.1.2' })).toBe('hard');
    expect(judge('Permanent', 'General', { status: '5.1.1' }, { status: '4.2.2' })).toBe('soft');
  });
});

describe('soft bounces in a row', () => {
  const first = instant('2026-08-01T05:16');
  const sentOn = (day: number) => first + day * dayMs;
  type Told = readonly ['bounce' | 'sent', at: number];
  const rowAfter = (...told: Told[]) =>
    told.reduce<SoftBounces | undefined>((row, [what, at]) => {
      if (what === 'bounce') return withSoftBounce(row, at);
      return row && withMailSent(row, at);
    }, undefined);

  it('are counted by mail, however often and in which order they are told', () => {
    expect(rowAfter(['bounce', sentOn(0)], ['bounce', sentOn(0)])?.count).toBe(1);
    expect(rowAfter(['bounce', sentOn(0)], ['sent', sentOn(1)], ['bounce', sentOn(1)])?.count).toBe(2);
    expect(rowAfter(['bounce', sentOn(1)], ['bounce', sentOn(0)])?.count).toBe(1);
    expect(rowAfter(['bounce', sentOn(1)], ['sent', sentOn(1)], ['sent', sentOn(0)])).toEqual(
      rowAfter(['bounce', sentOn(1)]),
    );
  });

  it('end with a mail that does not bounce', () => {
    const two: Told[] = [
      ['bounce', sentOn(0)],
      ['bounce', sentOn(1)],
    ];
    expect(rowAfter(...two, ['sent', sentOn(2)])?.count).toBe(2);
    expect(rowAfter(...two, ['sent', sentOn(2)], ['sent', sentOn(3)])).toBeUndefined();
    expect(rowAfter(...two, ['sent', sentOn(2)], ['bounce', sentOn(3)])?.count).toBe(1);
  });

  it('do not end while a mail still has time to bounce', () => {
    const soon = sentOn(1) + hourMs;
    const both: Told[] = [
      ['bounce', sentOn(0)],
      ['sent', sentOn(1)],
      ['sent', sentOn(1)],
      ['sent', soon],
    ];
    expect(rowAfter(...both)?.count).toBe(1);
    expect(rowAfter(...both, ['bounce', soon])?.count).toBe(2);
  });
});
