import { expect, it } from '@jest/globals';
import { backfillMarks } from '../../shared/storage/papers/backfill-mark.js';
import { day, instant } from '../support/builders.js';
import { embeddedForTests } from './embedded.js';

const dynamo = embeddedForTests();
const at = instant('2026-08-07T12:00');

it('remembers how far the last backfill came', async () => {
  const marks = backfillMarks(dynamo().client, await dynamo().createTable('papers'));
  expect(await marks.last()).toBeUndefined();
  const [from, to] = [day('2026-07-01'), day('2026-07-09')];
  const mark = {
    id: 'one',
    from,
    to,
    place: { date: from, start: 0 },
    saved: 0,
    startedAt: at,
    changedAt: at,
    isDone: false,
  };
  await marks.note({ ...mark, stoppedBy: 'arXiv did not answer: 503' });
  expect(await marks.last()).toEqual({ ...mark, stoppedBy: 'arXiv did not answer: 503' });
  await marks.note({ ...mark, place: { date: to, start: 200 }, isDone: true });
  expect(await marks.last()).toEqual({ ...mark, place: { date: to, start: 200 }, isDone: true });
});
