import { beforeEach, expect, it } from '@jest/globals';
import type { HindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { aHindsight, day } from '../support/builders.js';

/** What every store of hindsights does. */
export function hindsightsContract(make: () => Promise<HindsightRepository>): void {
  let hindsights: HindsightRepository;
  beforeEach(async () => {
    hindsights = await make();
  });

  it('finds every field of a hindsight again, and those that have no figures', async () => {
    const { date, formula, papers, unobserved } = aHindsight({ date: day('2026-08-08') });
    const unseen = { date, formula, papers, unobserved };
    expect(await hindsights.keep(aHindsight())).toBe('kept');
    expect(await hindsights.keep(unseen)).toBe('kept');
    expect(await hindsights.newest(30)).toEqual([unseen, aHindsight()]);
  });

  it('keeps the first hindsight of a date, whatever comes later', async () => {
    await hindsights.keep(aHindsight());
    expect(await hindsights.keep(aHindsight())).toBe('already-kept');
    expect(await hindsights.keep(aHindsight({ papers: 1 }))).toBe('already-kept');
    expect(await hindsights.newest(30)).toEqual([aHindsight()]);
  });

  it('gives the newest, in whichever order they were kept, over any gap', async () => {
    expect(await hindsights.newest(3)).toEqual([]);
    for (const date of ['2026-08-01', '2026-03-09', '2026-08-07', '2025-12-31'])
      await hindsights.keep(aHindsight({ date: day(date) }));
    const dates = async (count: number) => (await hindsights.newest(count)).map(({ date }) => date);
    expect(await dates(3)).toEqual(['2026-08-07', '2026-08-01', '2026-03-09']);
    expect(await dates(9)).toEqual(['2026-08-07', '2026-08-01', '2026-03-09', '2025-12-31']);
  });
}
