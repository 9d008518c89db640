import { describe, expect, it } from '@jest/globals';
import { formerZones, timeZones, todaysZone } from '../../../../shared/domain/subscriber/slot/time-zone.js';
import { timeZoneOf } from '../../../../shared/domain/subscriber/subscription-form.js';

const inRuntime = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

describe('time zones', () => {
  it('are offered under today’s names', () => {
    const today = ['Europe/Kyiv', 'Asia/Kolkata', 'America/Nuuk', 'Pacific/Kanton', 'America/Argentina/Cordoba'];
    expect(timeZones()).toEqual(expect.arrayContaining(today));
    const former = ['Europe/Kiev', 'Asia/Calcutta', 'America/Godthab', 'Pacific/Enderbury', 'America/Cordoba'];
    for (const zone of former) expect(timeZones()).not.toContain(zone);
  });

  it('are all of the runtime’s, each once, UTC first and the others in order', () => {
    const [first, ...others] = timeZones();
    expect(first).toBe('UTC');
    expect(others).toEqual([...new Set(others)].sort());
    const ofRuntime = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')].map(inRuntime));
    expect(new Set(timeZones().map(inRuntime))).toEqual(ofRuntime);
  });

  it('that were renamed are the same zones as before', () => {
    expect(formerZones.size).toBe(19);
    for (const [today, former] of formerZones) {
      expect(inRuntime(former)).toBe(inRuntime(today));
      expect([todaysZone(former), todaysZone(today)]).toEqual([today, today]);
    }
  });

  it('are read under whatever name a browser has for them', () => {
    const names = [
      'Asia/Saigon',
      'asia/ho_chi_minh',
      'Africa/Asmera',
      'Africa/Asmara',
      'Europe/Uzhgorod',
      'US/Pacific',
    ];
    expect(names.map(timeZoneOf)).toEqual([
      'Asia/Ho_Chi_Minh',
      'Asia/Ho_Chi_Minh',
      'Africa/Asmara',
      'Africa/Asmara',
      'Europe/Kyiv',
      'America/Los_Angeles',
    ]);
  });

  it('of places that share a clock with another keep their own names', () => {
    for (const zone of ['Europe/Oslo', 'Atlantic/Reykjavik', 'Asia/Kuwait']) expect(timeZoneOf(zone)).toBe(zone);
  });
});
