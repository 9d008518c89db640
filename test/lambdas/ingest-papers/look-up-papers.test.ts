import { describe, expect, it } from '@jest/globals';
import { type LookUpPapersDeps, lookUpPapers } from '../../../lambdas/ingest-papers/look-up-papers.js';
import type { PapersFound } from '../../../shared/contract/events.js';
import { dateOf } from '../../../shared/domain/calendar-date.js';
import { mergeRecord } from '../../../shared/domain/paper/merge-record.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type SourceAnswer, SourceDown } from '../../../shared/sources/paper-source.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { embeddedForTests } from '../../storage/embedded.js';
import { aPaper, aPaperRecord, day, instant, paperId, subscriberId } from '../../support/builders.js';

const at = instant('2026-08-07T05:15');
const subscriber = subscriberId(1);
const [known, unknown, missing] = [paperId(1), paperId(2), paperId(3)];

describe('papers that a subscriber named', () => {
  const dynamo = embeddedForTests();

  async function opened(answer: (ids: readonly PaperId[]) => Partial<SourceAnswer>) {
    const papers = paperRepository(dynamo().client, await dynamo().createTable('papers'));
    await papers.keep(
      [{ before: undefined, after: { paper: aPaper({ id: known, firstSeenAt: at - 1000 }) } }],
      at - 1000,
    );
    const published: PapersFound[] = [];
    const asked: PaperId[][] = [];
    const deps: LookUpPapersDeps = {
      papers,
      describe: async (ids) => {
        asked.push([...ids]);
        return { records: [], days: [], rejected: [], unanswered: [], ...answer(ids) };
      },
      publish: async (event) => void published.push(event),
      warn: () => undefined,
      now: () => at,
    };
    return {
      papers,
      published,
      asked,
      lookUp: (...ids: PaperId[]) => lookUpPapers({ kind: 'look-up', subscriber, ids }, deps),
    };
  }
  const recorded = (id: PaperId) => aPaperRecord({ source: 'arxiv', id, isWithdrawn: false });

  it('are asked of arXiv where they are not known, kept, and announced with those that are missing', async () => {
    const house = await opened(() => ({ records: [recorded(unknown)] }));
    const report = await house.lookUp(known, unknown, missing);
    expect(report).toEqual({ outcome: 'looked-up', asked: 2, found: 2, missing: 1 });
    expect(house.asked).toEqual([[unknown, missing]]);
    expect(house.published).toEqual([{ subscriber, ids: [known, unknown], missing: [missing] }]);
    expect((await house.papers.find([unknown])).get(unknown)?.paper).toMatchObject({
      describedAt: at,
      isLookedUp: true,
    });
  });

  it('cost no request where all are known', async () => {
    const house = await opened(() => ({}));
    await house.lookUp(known, known);
    expect(house.asked).toEqual([]);
    expect(house.published).toEqual([{ subscriber, ids: [known, known], missing: [] }]);
  });

  it('are neither found nor missing while arXiv is down or leaves some unanswered', async () => {
    const answers = [
      () => ({ unanswered: ['query for 2 ids'] }),
      () => {
        throw new SourceDown('arXiv did not answer');
      },
    ];
    for (const answer of answers) {
      const house = await opened(answer);
      expect(await house.lookUp(known, missing)).toMatchObject({ outcome: 'unanswered', missing: 0 });
      expect(house.published).toEqual([{ subscriber, ids: [known], missing: [] }]);
    }
  });

  it('are in no edition, until a source lists them', async () => {
    const house = await opened(() => ({ records: [recorded(unknown)] }));
    await house.lookUp(unknown);
    const active = async () =>
      (await house.papers.activeBetween(day('2026-08-01'), dateOf(at))).map(({ paper }) => paper.id);
    expect(await active()).toEqual([known]);
    expect(await house.papers.idsActiveOn(dateOf(at))).toEqual([known]);
    const before = (await house.papers.find([unknown])).get(unknown)!;
    const version = mergeRecord(before.paper, { ...recorded(unknown), isListing: false, version: 2 }, at + 1000);
    expect(version).toMatchObject({ isLookedUp: true, firstSeenAt: at, version: 2 });
    const listed = mergeRecord(before.paper, aPaperRecord({ id: unknown, listedOn: day('2026-08-07') }), at + 1000);
    expect(listed.firstSeenAt).toBe(at + 1000);
    expect(listed.isLookedUp).toBeUndefined();
    await house.papers.keep([{ before, after: { paper: listed } }], at + 1000);
    expect((await active()).sort()).toEqual([known, unknown]);
  });

  it('stay in editions when a source had listed them before', () => {
    const paper = mergeRecord(aPaper({ id: known }), { ...recorded(known), isListing: false }, at);
    expect([paper.isLookedUp, paper.firstSeenAt]).toEqual([undefined, aPaper().firstSeenAt]);
  });
});
