import { describe, expect, it } from '@jest/globals';
import { paperHash, rememberPapers } from '../../../shared/domain/subscriber/seen-papers.js';
import { day, paperId } from '../../support/builders.js';

const hasSeen = (seen: ReturnType<typeof rememberPapers>, id: ReturnType<typeof paperId>) =>
  seen.some(({ hashes }) => hashes.includes(paperHash(id)));

describe('seen papers', () => {
  it('are kept as FNV-1a, 32 bits', () => {
    // Published test vectors: http://www.isthe.com/chongo/src/fnv/test_fnv.c
    expect(paperHash('' as never)).toBe(0x811c9dc5);
    expect(paperHash('a' as never)).toBe(0xe40c292c);
    expect(paperHash('foobar' as never)).toBe(0xbf9cf968);
  });

  it('are known again, and others are not', () => {
    const seen = rememberPapers([], day('2026-08-07'), [paperId(1), paperId(2)]);
    expect(hasSeen(seen, paperId(2))).toBe(true);
    expect(hasSeen(seen, paperId(3))).toBe(false);
  });

  it('of one edition are one entry, each paper once', () => {
    const once = rememberPapers([], day('2026-08-07'), [paperId(1)]);
    const twice = rememberPapers(once, day('2026-08-07'), [paperId(1), paperId(2)]);
    expect(twice).toEqual([{ edition: '2026-08-07', hashes: [paperHash(paperId(1)), paperHash(paperId(2))] }]);
  });

  it('are forgotten after 31 days, not before', () => {
    const seen = rememberPapers([], day('2026-07-01'), [paperId(1)]);
    expect(hasSeen(rememberPapers(seen, day('2026-08-01'), [paperId(2)]), paperId(1))).toBe(true);
    expect(hasSeen(rememberPapers(seen, day('2026-08-02'), [paperId(2)]), paperId(1))).toBe(false);
  });

  it('stand oldest first', () => {
    const seen = rememberPapers(rememberPapers([], day('2026-08-07'), [paperId(1)]), day('2026-08-06'), [paperId(2)]);
    expect(seen.map(({ edition }) => edition)).toEqual(['2026-08-06', '2026-08-07']);
  });
});
