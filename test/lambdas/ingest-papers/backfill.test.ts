import { describe, expect, it } from '@jest/globals';
import { type BackfillDeps, backfill } from '../../../lambdas/ingest-papers/backfill.js';
import type { Backfill } from '../../../shared/contract/messages.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import type { PaperRecord } from '../../../shared/domain/paper/paper.js';
import { type SourceAnswer, SourceDown } from '../../../shared/sources/paper-source.js';
import type { BackfillMark } from '../../../shared/storage/papers/backfill-mark.js';
import { aPaperRecord, day, instant, paperId } from '../../support/builders.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';

const from = day('2026-07-01');
const to = day('2026-07-02');
const started: Backfill = { kind: 'backfill', id: 'one', from, to };
const now = instant('2026-08-07T12:00');
const answer = (over: Partial<SourceAnswer> = {}): SourceAnswer => ({
  records: [],
  days: [],
  rejected: [],
  unanswered: [],
  ...over,
});
const listed = (number: number, over: Partial<PaperRecord> = {}) =>
  aPaperRecord({ id: paperId(number), counts: { upvotes: 40 }, ...over });
const submitted = (number: number) =>
  aPaperRecord({
    id: paperId(number),
    source: 'arxiv',
    categories: ['cs.CL'],
    publishedAt: instant('2026-07-01T09:00'),
  });

/** Two days of 150 papers on arXiv, a hundred a page, and one that Hugging Face lists for each. */
function aHouse(over: Partial<BackfillDeps> = {}) {
  const papers = fakePaperRepository();
  const queue: Backfill[] = [];
  const asked: string[] = [];
  const log: string[] = [];
  const clock = { now };
  let mark: BackfillMark | undefined;
  const deps: BackfillDeps = {
    async listedOn(date) {
      asked.push(`list of ${date}`);
      return answer({ records: [listed(date === from ? 1 : 2, { listedOn: date })], days: [{ date, listed: 1 }] });
    },
    async submittedOn(date, start) {
      asked.push(`${date} from ${start}`);
      const base = date === from ? 100 : 300;
      const count = start === 0 ? 100 : 50;
      const records = Array.from({ length: count }, (_, index) => submitted(base + start + index));
      return start === 0 ? { ...answer({ records }), next: 100 } : answer({ records });
    },
    describe: async (ids) =>
      answer({ records: ids.map((id) => aPaperRecord({ id, source: 'arxiv', categories: ['cs.AI'] })) }),
    papers,
    marks: {
      last: async () => mark,
      note: async (next) => {
        mark = next;
      },
    },
    requeue: async (message) => void queue.push(message),
    rest: async () => void log.push('rest'),
    warn: (message, what) => void log.push(`${message} ${JSON.stringify(what)}`),
    now: () => clock.now,
    ...over,
  };
  const take = (message: Backfill) => {
    clock.now += minuteMs;
    return backfill(message, deps);
  };
  /** Takes what is on the queue, one after the other, until nothing is left. */
  const work = async () => {
    const outcomes: string[] = [];
    for (let next = queue.shift(); next; next = queue.shift()) outcomes.push((await take(next)).outcome);
    return outcomes;
  };
  return { papers, queue, asked, log, deps, take, work, markNow: () => mark };
}

describe('a backfill', () => {
  it('keeps the lists and submissions of each day, one page a message', async () => {
    const { queue, work, asked, papers, markNow } = aHouse();
    queue.push(started);
    expect(await work()).toEqual(['goes-on', 'goes-on', 'goes-on', 'done']);
    expect(asked).toEqual([
      'list of 2026-07-01',
      '2026-07-01 from 0',
      '2026-07-01 from 100',
      'list of 2026-07-02',
      '2026-07-02 from 0',
      '2026-07-02 from 100',
    ]);
    const numbers = [1, 2, 100, 249, 300, 449];
    expect((await papers.find(numbers.map(paperId))).size).toBe(numbers.length);
    expect(await papers.listedDays([from, to])).toEqual([from, to].map((date) => ({ date, listed: 1 })));
    expect(markNow()).toMatchObject({ from, to, isDone: true, saved: 304 });
  });

  it('notes counts as they are now, and describes what only Hugging Face lists', async () => {
    const { take, papers } = aHouse();
    await take(started);
    const found = (await papers.find([paperId(1)])).get(paperId(1));
    expect(found?.latest).toEqual({ at: now + minuteMs, upvotes: 40 });
    expect(found?.paper).toMatchObject({ listedDays: [from], categories: ['cs.AI'], describedAt: now + minuteMs });
  });

  it('makes no paper of a past day a candidate of today’s edition', async () => {
    const { queue, work, papers } = aHouse();
    queue.push(started);
    await work();
    expect(await papers.activeBetween(day('2026-08-01'), day('2026-08-07'))).toEqual([]);
    expect(await papers.idsActiveOn(from)).toHaveLength(151);
  });

  it('rests after each piece, answered or not, as arXiv asks', async () => {
    const down = async () => {
      throw new SourceDown('arXiv did not answer: 429');
    };
    const { take, log } = aHouse();
    await take(started);
    expect(log).toEqual(['rest']);
    const silent = aHouse({ submittedOn: down });
    await silent.take(started);
    expect(silent.log.at(-1)).toBe('rest');
  });

  it('does nothing the second time for a piece that comes twice', async () => {
    const { take, queue, asked } = aHouse();
    await take(started);
    const piece = queue[0]!;
    await take(piece);
    const before = [asked.length, queue.length];
    expect(await take(piece)).toEqual({ outcome: 'superseded' });
    expect([asked.length, queue.length]).toEqual(before);
  });

  it('loses no piece when it ends between asking for the next and noting how far it came', async () => {
    const house = aHouse();
    const note = house.deps.marks.note;
    let notes = 0;
    const dying = {
      ...house.deps.marks,
      note: async (mark: BackfillMark) => {
        notes += 1;
        if (notes === 2) throw new Error('killed');
        await note(mark);
      },
    };
    await expect(backfill(started, { ...house.deps, marks: dying })).rejects.toThrow('killed');
    house.queue.unshift(started);
    expect((await house.work()).filter((outcome) => outcome !== 'superseded')).toEqual([
      'goes-on',
      'goes-on',
      'goes-on',
      'done',
    ]);
    expect(house.markNow()).toMatchObject({ isDone: true });
  });

  it('goes on where one over the same days ended, and begins anew over others', async () => {
    const { take, queue, asked, markNow } = aHouse();
    await take(started);
    await take(queue.shift()!);
    queue.length = 0;
    expect(await take({ ...started, id: 'two' })).toMatchObject({ outcome: 'goes-on', date: to });
    expect(asked.slice(-2)).toEqual(['list of 2026-07-02', '2026-07-02 from 0']);
    await take({ ...started, id: 'three', to: from });
    expect(asked.slice(-2)).toEqual(['list of 2026-07-01', '2026-07-01 from 0']);
    expect(markNow()).toMatchObject({ id: 'three', to: from });
  });

  it('is dropped when another has begun meanwhile', async () => {
    const { take, queue } = aHouse();
    await take(started);
    const [piece] = queue;
    await take({ ...started, id: 'other', to: from });
    expect(await take(piece!)).toEqual({ outcome: 'superseded' });
  });
});

describe('a piece that a source does not answer', () => {
  const down = async () => {
    throw new SourceDown('arXiv did not answer: 429');
  };

  it('is asked for again behind what waits, four times, and then the backfill stops and says why', async () => {
    const { queue, work, markNow, log } = aHouse({ submittedOn: down });
    queue.push(started);
    expect(await work()).toEqual([...Array<string>(4).fill('tried-in-vain'), 'stopped']);
    expect(markNow()).toMatchObject({
      place: { date: from, start: 0 },
      isDone: false,
      stoppedBy: 'arXiv did not answer: 429',
    });
    expect(log.join()).toContain('the admin can let it go on');
  });

  it('goes on from there when the admin asks again', async () => {
    const { queue, work, deps, markNow } = aHouse({ submittedOn: down });
    queue.push(started);
    await work();
    const { submittedOn } = aHouse().deps;
    expect(await backfill({ ...started, id: 'two' }, { ...deps, submittedOn })).toMatchObject({ outcome: 'goes-on' });
    expect(markNow()).not.toHaveProperty('stoppedBy');
  });

  it('fails, and comes again by the queue, where the fault is not the source’s', async () => {
    const { take } = aHouse({
      submittedOn: async () => {
        throw new Error('a fault of ours');
      },
    });
    await expect(take(started)).rejects.toThrow('a fault of ours');
  });
});
