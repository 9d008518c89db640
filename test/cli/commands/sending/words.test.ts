import { describe, expect, it } from '@jest/globals';
import { progressOf, readSpan } from '../../../../cli/commands/sending/backfill.js';
import { readTopics } from '../../../../cli/commands/sending/next-mail.js';
import { inWords } from '../../../../cli/commands/sending/republish.js';
import { refusalInWords } from '../../../../cli/commands/sending/send-test.js';
import { catalogue } from '../../../../shared/domain/subscriber/catalogue.js';
import { day, instant } from '../../../support/builders.js';

describe('the days of a backfill', () => {
  const today = day('2026-08-07');

  it('are read up to today, ninety at most', () => {
    expect(readSpan('2026-08-01', '2026-08-07', today)).toEqual({ from: '2026-08-01', to: '2026-08-07' });
    expect(readSpan('2026-05-10', '2026-08-07', today)).toMatchObject({ from: '2026-05-10' });
  });

  it.each([
    ['2026-08-02', '2026-08-01', 'FROM: 2026-08-02 comes after 2026-08-01'],
    ['2026-08-01', '2026-08-08', 'TO: 2026-08-08 has not come yet; write 2026-08-07 or an earlier day'],
    ['2026-05-09', '2026-08-07', 'more than 90 days; write 2026-08-06 at most'],
    ['2026-02-30', '2026-08-07', 'FROM: write a day such as 2026-08-07, not "2026-02-30"'],
    ['2026-08-01', 'today', 'TO: write a day such as 2026-08-07, not "today"'],
  ])('%s to %s are refused', (from, to, said) => {
    expect(() => readSpan(from, to, today)).toThrow(said);
  });

  it('are told as far as they came', () => {
    const at = instant('2026-08-07T12:00');
    const mark = {
      ...{ id: 'one', from: day('2026-07-01'), to: day('2026-07-10'), saved: 812, startedAt: at, changedAt: at },
      ...{ place: { date: day('2026-07-04'), start: 100 }, isDone: false },
    };
    expect(progressOf(mark)).toBe(
      '2026-07-01 to 2026-07-10: 3 of 10 days, 812 papers new or changed; goes on with 2026-07-04, last at 2026-08-07T12:00Z',
    );
    expect(progressOf({ ...mark, stoppedBy: 'arXiv did not answer: 503' })).toContain(
      'gave up at 2026-08-07T12:00Z (arXiv did not answer: 503): `backfill 2026-07-01 2026-07-10` goes on',
    );
    expect(progressOf({ ...mark, place: { date: day('2026-07-11'), start: 0 }, isDone: true })).toContain(
      '10 of 10 days',
    );
  });
});

describe('topics on the command line', () => {
  const [one, two] = catalogue.map(({ id }) => id);

  it('are ids of the catalogue, or filters', () => {
    expect(readTopics(`${one},${two}`)).toEqual([{ catalogueId: one }, { catalogueId: two }]);
    expect(readTopics(`${two}; lamps AND wax`)).toEqual([
      { catalogueId: two },
      { name: 'lamps AND wax', filter: 'lamps AND wax' },
    ]);
  });

  it.each(['', ' ; ', '(lamps'])('"%s" is refused', (text) => {
    expect(() => readTopics(text)).toThrow('--topics: ');
  });
});

describe('what republishing says first', () => {
  const standing = { edition: day('2026-08-07'), papers: 212, plannedSlots: 3, candidates: 1200, sent: 800 };

  it('is to whom', () => {
    const [head, what] = inWords({ ...standing, does: 'announce', isNewest: true });
    expect(head).toBe('Edition of 2026-08-07: 212 papers, 3 slots planned, 1200 candidates, 800 digests sent');
    expect(what).toContain('Somebody has it');
    expect(inWords({ ...standing, does: 'announce', isNewest: false })[1]).toContain('It is not the newest');
    expect(inWords({ ...standing, does: 'remake', isNewest: true })[1]).toContain('made anew');
  });
});

describe('SES’s refusal of a test mail', () => {
  it('says what to do', () => {
    expect(refusalInWords({ kind: 'rejected', reason: 'an address is not verified' })).toContain('In the sandbox');
    expect(refusalInWords({ kind: 'rejected', reason: 'an address is malformed' })).toContain('try another address');
    expect(refusalInWords({ kind: 'lost', reason: 'TimeoutError' })).toContain('may have been sent');
    for (const answer of [{ kind: 'throttled' }, { kind: 'quota-exhausted' }] as const) {
      expect(refusalInWords(answer)).toContain('try again');
    }
  });
});
