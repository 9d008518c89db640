import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countTopics, describeBacktest } from '../../../shared/domain/edition/backtest.js';
import { spellingIn } from '../../../shared/domain/filter/words/normalise.js';
import { aTopic, filterOf } from '../../support/filters.js';
import { archiveOf, backtest, plainPaper } from './archive-builder.js';

const titles = ['Lamps', 'Wax', 'Lamps of wax', 'Lamp', 'Zinc', 'A lamp', 'Zinc and wax'];
const archive = archiveOf(titles.map((title, index) => plainPaper(index, { title })));

describe('a backtest', () => {
  it('counts what the filter would have brought, and how much that is a week', () => {
    expect(backtest(archive, filterOf('lamp'))).toMatchObject({ days: 7, total: 4, perWeek: 4 });
    const days30 = { ...archive, coveredDays: 30 };
    expect(backtest(days30, filterOf('lamp')).perWeek).toBeCloseTo((4 * 7) / 30);
  });

  it('names the branch that alone brings the most', () => {
    expect(backtest(archive, filterOf('lamp OR wax')).noisiest).toEqual({ clause: 'lamp', alone: 3 });
    expect(backtest(archive, filterOf('zinc OR wax')).noisiest).toEqual({ clause: 'wax', alone: 2 });
    expect(backtest(archive, filterOf('(lamp OR zinc) wax')).noisiest).toEqual({ clause: 'lamp', alone: 1 });
    expect(backtest(archive, filterOf('(lamp OR zinc OR "lamps of") -wax')).noisiest).toEqual({
      clause: 'lamp',
      alone: 3,
    });
  });

  it('names none where nothing is alternative, or no alternative brings anything alone', () => {
    expect(backtest(archive, filterOf('lamp')).noisiest).toBeUndefined();
    expect(backtest(archive, filterOf('lamp wax')).noisiest).toBeUndefined();
    expect(backtest(archive, filterOf('"lamps of" OR "of wax"')).noisiest).toBeUndefined();
  });

  it('takes up to five samples from the whole ranking, best first', () => {
    const many = archiveOf(
      Array.from({ length: 20 }, (_, index) => plainPaper(index, { title: `<b>Lamp</b> $\\alpha$` })),
    );
    const { samples } = backtest(many, filterOf('lamp'));
    expect(samples.map(({ id }) => Number(id.slice(-5)))).toEqual([0, 4, 8, 12, 16]);
    expect(samples[0]).toMatchObject({ title: 'Lamp α', date: '2026-08-07' });
    expect(backtest(archive, filterOf('zinc')).samples).toHaveLength(2);
  });

  it('finds nothing without harm', () => {
    expect(backtest(archive, filterOf('brass'))).toEqual({ days: 7, total: 0, perWeek: 0, samples: [] });
  });

  it('agrees with counting by hand, whatever the words are', () => {
    const word = fc.constantFrom('lamp', 'wax', 'zinc', 'brass');
    const holds = (title: string, each: string) => new RegExp(`\\b${each}`, 'i').test(title);
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(word, { maxLength: 4 }), { maxLength: 30 }), (given) => {
        const made = archiveOf(given.map((words, index) => plainPaper(index, { title: `x ${words.join(' ')}` })));
        const found = backtest(made, filterOf('lamp OR wax OR zinc'));
        const branches = ['lamp', 'wax', 'zinc'];
        const alone = branches.map(
          (branch) =>
            given.filter((words) => branches.filter((each) => words.includes(each as never)).join() === branch).length,
        );
        expect(found.total).toBe(
          given.filter((words) => branches.some((each) => words.some((one) => holds(one, each)))).length,
        );
        expect(found.noisiest?.alone ?? 0).toBe(Math.max(...alone));
      }),
    );
  });
});

describe('the counts of the topics', () => {
  it('are those of the papers that each matches', () => {
    const topics = ['lamp', 'wax', 'brass'].map((id) => aTopic(id, id));
    expect(countTopics(archive, topics)).toEqual({ lamp: 4, wax: 3, brass: 0 });
  });
});

describe('a backtest in words', () => {
  const words = (text: string) => describeBacktest(backtest(archive, filterOf(text), spellingIn(text)));

  it('says how many, what is noisy, and for example which', () => {
    expect(words('lamp OR wax')).toBe(
      'About 6 papers a week: 6 in 7 days. Noisiest: "lamp" alone accounts for 3 of the 6. For example: Lamps (7 Aug 2026); Wax (7 Aug 2026).',
    );
    expect(words('lamp zinc')).toBe('No paper in the 7 days up to the newest edition.');
    expect(words('"zinc and"')).toMatch(/^About 1 paper a week: 1 in 7 days\. For example: Zinc and wax \(/);
  });

  it('quotes words and phrases once, and cuts what is long', () => {
    expect(words('"a lamp" OR zinc OR lamps')).toContain('Noisiest: "lamps" alone accounts for');
    const rare = {
      days: 30,
      total: 1,
      perWeek: 7 / 30,
      samples: [{ id: 'x', title: 'L'.repeat(200), date: 'd' as never }],
    };
    const text = describeBacktest({ ...rare, noisiest: { clause: `"${'w '.repeat(80)}"`, alone: 1 } });
    expect(text).toMatch(/^Less than one paper a week: 1 in 30 days\. Noisiest: "w w/);
    expect(text.length).toBeLessThan(260);
  });
});
