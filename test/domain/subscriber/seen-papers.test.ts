import { describe, expect, it } from '@jest/globals';
import { addDays, daysUpTo } from '../../../shared/domain/calendar-date.js';
import {
  forgetEdition,
  hashed,
  paperHash,
  papersSent,
  placesSent,
  rememberPapers,
  rememberWholly,
  seenBefore,
  seenBy,
} from '../../../shared/domain/subscriber/seen-papers.js';
import type { SeenPapers } from '../../../shared/domain/subscriber/subscriber.js';
import { aClaim, day, paperId } from '../../support/builders.js';

const editionsIn = (seen: readonly SeenPapers[]) => seen.map(({ edition }) => edition);

describe('seen papers', () => {
  it('are told by FNV-1a, 32 bits', () => {
    // Published test vectors: http://www.isthe.com/chongo/src/fnv/test_fnv.c
    expect(paperHash('' as never)).toBe(0x811c9dc5);
    expect(paperHash('a' as never)).toBe(0xe40c292c);
    expect(paperHash('foobar' as never)).toBe(0xbf9cf968);
  });

  it('of one edition are one entry, each place once, ascending', () => {
    const once = rememberPapers([], day('2026-08-07'), [4]);
    const twice = rememberPapers(once, day('2026-08-07'), [9, 4, 0]);
    expect(twice).toEqual([{ edition: '2026-08-07', places: [0, 4, 9] }]);
    expect(rememberPapers([], day('2026-08-07'), [])).toEqual([]);
  });

  it('are forgotten after 45 days, not before, also those that an earlier version kept', () => {
    const seen = [hashed(day('2026-07-01'), [paperId(1)]), { edition: day('2026-07-02'), places: [1] }];
    expect(editionsIn(rememberPapers(seen, addDays(day('2026-07-01'), 45), [2]))).toHaveLength(3);
    expect(editionsIn(rememberPapers(seen, addDays(day('2026-07-01'), 46), [2]))).toEqual(['2026-07-02', '2026-08-16']);
    expect(editionsIn(rememberPapers(seen, addDays(day('2026-07-01'), 47), [2]))).toEqual(['2026-08-17']);
  });

  it('are an edition as a whole where nobody knows what was shown, once, until the 45 days are over', () => {
    const edition = day('2026-07-01');
    const shown = rememberPapers([], edition, [3]);
    const seen = rememberWholly(rememberWholly(shown, edition), edition);
    expect(seen).toContainEqual({ edition, isWhole: true });
    expect(seen).toHaveLength(2);
    expect(placesSent(seen, edition)).toEqual([3]);
    expect(rememberPapers(seen, addDays(edition, 45), [1])).toHaveLength(3);
    expect(editionsIn(rememberPapers(seen, addDays(edition, 46), [1]))).toEqual(['2026-08-16']);
  });

  it('stand oldest first', () => {
    const seen = rememberPapers(rememberPapers([], day('2026-08-07'), [1]), day('2026-08-06'), [2]);
    expect(editionsIn(seen)).toEqual(['2026-08-06', '2026-08-07']);
  });

  it('do not hold what surely never left: of an edition that is forgotten, or of an open claim that says so', () => {
    const seen = daysUpTo(day('2026-08-07'), 2).map((edition) => ({ edition, places: [0] }));
    expect(editionsIn(forgetEdition(seen, day('2026-08-07')))).toEqual(['2026-08-06']);
    expect(editionsIn(seenBy({ seen, claim: aClaim({ isUnsent: true }) }))).toEqual(['2026-08-06']);
    expect(editionsIn(seenBy({ seen, claim: aClaim() }))).toEqual(['2026-08-06', '2026-08-07']);
    expect(editionsIn(seenBy({ seen }))).toEqual(['2026-08-06', '2026-08-07']);
  });

  it('of each edition can be read back, given its papers in rank order', () => {
    const papers = [3, 1, 2].map(paperId);
    const seen = [hashed(day('2026-08-06'), papers), { edition: day('2026-08-07'), places: [0, 2] }];
    expect(papersSent(seen, day('2026-08-07'), papers)).toEqual([paperId(3), paperId(2)]);
    expect(papersSent(seen, day('2026-08-06'), papers)).toBeUndefined();
    expect(papersSent(seen, day('2026-08-05'), papers)).toBeUndefined();
  });

  it('before an edition are those that earlier ones showed', () => {
    const seen = daysUpTo(day('2026-08-07'), 3).map((edition) => ({ edition, places: [0] }));
    expect(editionsIn(seenBefore(seen, day('2026-08-06')))).toEqual(['2026-08-05']);
    expect(placesSent(seen, day('2026-08-06'))).toEqual([0]);
  });
});
