import { describe, expect, it } from '@jest/globals';
import { example } from '../../../../lambdas/serve-pages/editions/pages/how-page.js';
import { addDays, dateOf, hourMs, type Instant } from '../../../../shared/domain/calendar-date.js';
import type { ObservedPaper } from '../../../../shared/domain/paper/paper.js';
import { currentFormula } from '../../../../shared/domain/trend/formulas.js';
import { anObservation, anObservedPaper, instant } from '../../../support/builders.js';
import { openPages } from '../serve-pages-fixture.js';

const morning = instant('2026-08-07T08:00');
const midnight = instant('2026-08-07T00:00');
const listedDaysAgo: Record<string, number> = { today: 0, yesterday: 1, '4 days ago': 4 };

/** A paper listed so many days before 2026-08-07 with what was seen of its upvotes, by hours before an instant. */
function observed(daysAgo: number, at: Instant, ...seen: [hoursAgo: number, upvotes: number][]): ObservedPaper {
  const listedDays = [addDays(dateOf(midnight), -daysAgo)];
  const history = seen.map(([hoursAgo, upvotes]) => ({
    ...anObservation(),
    at: at - hoursAgo * hourMs,
    upvotes,
    stars: 0,
  }));
  return anObservedPaper({ listedDays }, history);
}

/** What the formula takes the logarithm of. */
const pointsOf = (paper: ObservedPaper, at: Instant) => Math.expm1(currentFormula.score(paper, at).value);

describe('the example of why papers come in this order', () => {
  it.each(example)('is what the formula says of $name', (paper) => {
    const { listed, hours, total, gained, speed, freshness, points } = paper;
    const seen = observed(listedDaysAgo[listed] ?? Number.NaN, morning, [hours, total - gained], [0.5, total]);
    expect(Math.round(pointsOf(seen, morning))).toBe(points);
    expect(Math.abs(gained * Number(speed) * Number(freshness) - points)).toBeLessThan(0.8);
  });

  it('stands in the order of its points, which is not that of all upvotes', () => {
    const names = (by: 'points' | 'total') => [...example].sort((a, b) => b[by] - a[by]).map(({ name }) => name);
    expect(names('points')).toEqual(example.map(({ name }) => name));
    expect(names('total')).not.toEqual(names('points'));
  });
});

describe('the page that explains the order', () => {
  it('is public, and linked wherever papers are listed', async () => {
    const { read } = openPages();
    expect(await read('/how')).toContain('<h1>Why this order?</h1>');
    for (const path of ['/', '/editions/2026-08-07', '/hindsight']) expect(await read(path)).toContain('href="/how"');
  });

  it('says of speed and age what the formula does: almost twice for six hours instead of 24, half after four days', () => {
    const within = (hours: number) => {
      const at = midnight + hours * hourMs;
      return pointsOf(observed(0, at, [0, 24]), at) * 2 ** (hours / 96);
    };
    expect(within(6) / within(24)).toBeGreaterThan(1.7);
    expect(within(6) / within(24)).toBeLessThan(2);
    const listed = (daysAgo: number) => pointsOf(observed(daysAgo, morning, [24, 0], [0, 24]), morning);
    expect(listed(4) / listed(8)).toBeCloseTo(2, 5);
  });
});
