import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { pressedInWords, withoutPress, withPress } from '../../../shared/domain/likeness/pressed.js';

const day = (number: number) => `2026-08-0${number}` as CalendarDate;
const more = (title: string) => ({ want: 'more', title }) as const;
const less = (title: string) => ({ want: 'less', title }) as const;

describe('what a reader has pressed since a digest', () => {
  it('is said by the next digest alone, however often that is composed', () => {
    const pressed = withPress(withPress(undefined, more('Maps'), day(5)), less('A Survey of Lamps'), day(5));
    const said =
      'You asked for more like “Maps” and less like “A Survey of Lamps”: this digest is the first to follow that.';
    expect(pressedInWords(pressed, day(6), [day(5)])).toBe(said);
    expect(pressedInWords(pressed, day(6), [day(5), day(6)])).toBe(said);
    expect(pressedInWords(pressed, day(7), [day(5), day(6)])).toBe('');
    expect(pressedInWords(pressed, day(5), [])).toBe('');
  });

  it('waits for a digest that is sent, over days without one', () => {
    const pressed = withPress(undefined, more('Maps'), day(5));
    expect(pressedInWords(pressed, day(9), [day(4), day(5)])).toContain('“Maps”');
  });

  it('is said by the first digest of whoever had none before', () => {
    expect(pressedInWords(withPress(undefined, less('Maps'), undefined), day(1), [])).toContain('less like “Maps”');
  });

  it('is the newest wish of a paper, at most three papers each, and none once it is taken back', () => {
    const turned = withPress(withPress(undefined, more('Maps'), day(5)), less('Maps'), day(5));
    expect(turned).toEqual({ after: day(5), more: [], less: ['Maps'] });
    const four = ['A', 'B', 'C', 'D'].reduce<ReturnType<typeof withoutPress>>(
      (before, title) => withPress(before, more(title), day(5)),
      undefined,
    );
    expect(four?.more).toEqual(['B', 'C', 'D']);
    expect(withoutPress(turned, 'Maps', day(5))).toBeUndefined();
  });

  it('begins anew once an edition has come', () => {
    const pressed = withPress(withPress(undefined, more('Maps'), day(5)), more('Lamps'), day(6));
    expect(pressed).toEqual({ after: day(6), more: ['Lamps'], less: [] });
  });
});
