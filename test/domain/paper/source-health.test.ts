import { describe, expect, it } from '@jest/globals';
import { judgeSource } from '../../../shared/domain/paper/source-health.js';
import { day, instant } from '../../support/builders.js';

const at = instant('2026-08-10T06:00');
const reading = { source: 'hugging-face', at, rejected: 0 } as const;

describe('the health of a source', () => {
  it('is fresh with papers of today, quiet over a long weekend, stale after that', () => {
    expect(judgeSource({ ...reading, newestDay: day('2026-08-10') }, undefined).status).toBe('fresh');
    expect(judgeSource({ ...reading, newestDay: day('2026-08-06') }, undefined).status).toBe('quiet');
    expect(judgeSource({ ...reading, newestDay: day('2026-08-05') }, undefined).status).toBe('stale');
  });

  it('remembers its newest day when an answer is empty', () => {
    const before = judgeSource({ ...reading, newestDay: day('2026-08-05') }, undefined);
    expect(judgeSource(reading, before)).toMatchObject({ status: 'stale', newestDay: '2026-08-05' });
    expect(judgeSource(reading, undefined).status).toBe('quiet');
  });

  it('takes no day back for a late addition to an old list', () => {
    const before = judgeSource({ ...reading, newestDay: day('2026-08-10') }, undefined);
    expect(judgeSource({ ...reading, newestDay: day('2026-08-07') }, before)).toMatchObject({
      status: 'fresh',
      newestDay: '2026-08-10',
    });
  });

  it('is down, with the reason and the last answer, when it does not answer', () => {
    const before = judgeSource({ ...reading, newestDay: day('2026-08-10') }, undefined);
    const down = judgeSource({ ...reading, at: at + 1, failure: 'it did not answer' }, before);
    expect(down).toMatchObject({
      status: 'down',
      note: 'it did not answer',
      lastAnswerAt: at,
      newestDay: '2026-08-10',
    });
  });
});
