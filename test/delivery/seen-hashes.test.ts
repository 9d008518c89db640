import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { seenHashesFrom } from '../../shared/delivery/seen-hashes.js';
import { type CalendarDate, daysUpTo } from '../../shared/domain/calendar-date.js';
import { hashed, paperHash, seenForDays } from '../../shared/domain/subscriber/seen-papers.js';
import type { SeenPapers } from '../../shared/domain/subscriber/subscriber.js';
import { day, paperId } from '../support/builders.js';

/** Editions of three hundred papers, of which those of one day follow those of the day before. */
const days = daysUpTo(day('2026-08-07'), seenForDays);
const papersOn = (date: CalendarDate) =>
  days.includes(date)
    ? Array.from({ length: 300 }, (_, place) => paperId(days.indexOf(date) * 300 + place))
    : undefined;

function reading() {
  const asked: CalendarDate[] = [];
  const warnings: object[] = [];
  const papersOf = async (date: CalendarDate) => {
    asked.push(date);
    return papersOn(date);
  };
  const known = seenHashesFrom({ papersOf }, (_message, what) => void warnings.push(what));
  const hashesOf = async (seen: readonly SeenPapers[]) => {
    const found = await known(seen);
    if (!('hashesAt' in found)) return found;
    return found.entries.map((entry) => {
      if ('hashes' in entry) return entry;
      const hashes = found.hashesAt(entry.edition);
      if ('isWhole' in entry) return { edition: entry.edition, hashes };
      return { edition: entry.edition, hashes: entry.places.flatMap((place) => hashes[place] ?? []) };
    });
  };
  return { asked, warnings, hashesOf };
}

describe('seen papers by their hashes', () => {
  it('are the papers at the places of each edition, beside what older rows have by hash', async () => {
    const older = hashed(day('2026-06-01'), [paperId(7)]);
    const [first, second] = [days[0]!, days[1]!];
    const seen = [older, { edition: first, places: [0, 299] }, { edition: second, places: [1] }];
    expect(await reading().hashesOf(seen)).toEqual([
      older,
      hashed(first, [paperId(0), paperId(299)]),
      hashed(second, [paperId(301)]),
    ]);
  });

  it('hide every paper that was sent in 45 days, and of a thousand others none', async () => {
    const { hashesOf } = reading();
    const places = fc.uniqueArray(fc.nat(299), { minLength: 10, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...days.map(() => places)),
        fc.integer({ min: 20_000, max: 90_000 }),
        async (sent, from) => {
          const seen = days.map((edition, index) => ({ edition, places: sent[index]! }));
          const hidden = new Set((await hashesOf(seen)).flatMap(({ hashes }) => hashes));
          const ids = days.flatMap((edition, index) => sent[index]!.map((place) => papersOn(edition)![place]!));
          expect(ids.filter((id) => !hidden.has(paperHash(id)))).toEqual([]);
          const others = Array.from({ length: 1000 }, (_, index) => paperId(from + index));
          expect(others.filter((id) => hidden.has(paperHash(id)))).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are all papers of an edition that counts as seen as a whole', async () => {
    const [edition] = days;
    expect(await reading().hashesOf([{ edition: edition!, isWhole: true }])).toEqual([
      hashed(edition!, papersOn(edition!)!),
    ]);
  });

  it('are read once an edition for all subscribers of a process', async () => {
    const { asked, hashesOf } = reading();
    const seen = days.map((edition) => ({ edition, places: [0] }));
    for (let subscriber = 0; subscriber < 3; subscriber += 1) await hashesOf(seen);
    expect(asked).toEqual(days);
  });

  it('are read once an edition for subscribers at the same time', async () => {
    const { asked, hashesOf } = reading();
    const seen = days.map((edition) => ({ edition, places: [0] }));
    await Promise.all([hashesOf(seen), hashesOf(seen), hashesOf(seen)]);
    expect(asked).toEqual(days);
  });

  it('of an edition that is gone are none, which is warned of', async () => {
    const { warnings, hashesOf } = reading();
    const edition = day('2026-01-01');
    expect(await hashesOf([{ edition, places: [3] }])).toEqual([{ edition, hashes: [] }]);
    expect(warnings).toEqual([{ edition }]);
  });
});
