import { describe, expect, it } from '@jest/globals';
import { comingTimeInWords, hourInWords, zoneInWords } from '../../../shared/domain/text/time-in-words.js';
import { instant } from '../../support/builders.js';

it('says hours as one does', () => {
  expect([0, 1, 7, 12, 13, 23].map(hourInWords)).toEqual(['12 a.m.', '1 a.m.', '7 a.m.', 'noon', '1 p.m.', '11 p.m.']);
});

it('says whose clocks a zone is', () => {
  const zones = ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'];
  expect(zones.map(zoneInWords)).toEqual(['Berlin time', 'Buenos Aires time', 'UTC', 'GMT+5']);
});

describe('a time to come', () => {
  const said = (at: string, now: string, zone = 'Europe/Berlin') => comingTimeInWords(instant(at), instant(now), zone);

  it('is named by the day as it is there', () => {
    expect(said('2026-08-07T05:00', '2026-08-07T04:00')).toBe('today, Friday, at 7 a.m. (Berlin time)');
    expect(said('2026-08-07T05:00', '2026-08-06T21:59')).toBe('tomorrow, Friday, at 7 a.m. (Berlin time)');
    expect(said('2026-08-07T05:00', '2026-08-06T22:00')).toBe('today, Friday, at 7 a.m. (Berlin time)');
    expect(said('2026-08-07T22:00', '2026-08-07T12:00')).toBe('tomorrow, Saturday, at 12 a.m. (Berlin time)');
    expect(said('2026-08-10T05:00', '2026-08-07T12:00')).toBe('on Monday, 10 August, at 7 a.m. (Berlin time)');
    expect(said('2026-08-07T19:00', '2026-08-07T12:00', 'Pacific/Auckland')).toBe(
      'today, Saturday, at 7 a.m. (Auckland time)',
    );
  });

  it('has minutes where the clock has them', () => {
    expect(said('2026-10-03T15:30', '2026-10-03T12:00', 'Australia/Lord_Howe')).toBe(
      'tomorrow, Sunday, at 2:30 a.m. (Lord Howe time)',
    );
  });
});
