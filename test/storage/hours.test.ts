import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { addDays, dayMs, hourMs, startOf } from '../../shared/domain/calendar-date.js';
import type { Observation, Paper } from '../../shared/domain/paper/paper.js';
import { paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { anObservation, aPaper, day, instant, paperId } from '../support/builders.js';
import { savePaper } from '../support/save-paper.js';
import { dyingClient, embeddedForTests } from './embedded.js';
import { itemBytes } from './item-bytes.js';
import { rawItems } from './raw-items.js';

const at = instant('2026-08-07T03:00');
const today = day('2026-08-07');

describe('the hours of observations', () => {
  const dynamo = embeddedForTests();
  const open = async () => {
    const table = await dynamo().createTable('papers');
    const { client } = dynamo();
    const papers = paperRepository(client, table);
    const items = async (pk: string) => (await rawItems(client, table)).filter((item) => item.pk === pk);
    const historyOf = async (number: number, last = today) =>
      (await papers.activeBetween(addDays(last, -6), last)).find(({ paper }) => paper.id === paperId(number))?.history;
    const latestOf = async (number: number) => (await papers.find([paperId(number)])).get(paperId(number))?.latest;
    const putOld = (paper: Paper, ...observations: readonly Observation[]) =>
      Promise.all([
        client.send(
          new PutCommand({
            TableName: table,
            Item: {
              pk: `paper#${paper.id}`,
              sk: 'paper',
              v: 1,
              activeDay: today,
              paper,
              latest: observations.at(-1),
            },
          }),
        ),
        ...observations.map((observation) => {
          const key = { pk: `paper#${paper.id}`, sk: `obs#${new Date(observation.at).toISOString()}` };
          const expiresAt = Math.ceil((observation.at + 90 * dayMs) / 1000);
          return client.send(new PutCommand({ TableName: table, Item: { ...key, v: 1, ...observation, expiresAt } }));
        }),
      ]);
    return { client, table, papers, items, historyOf, latestOf, putOld };
  };

  it('are one item a run, which expires after 90 days, while the papers’ rows stay as they were', async () => {
    const { papers, items, table, client } = await open();
    const found = [1, 2, 3].map((number) => ({ paper: aPaper({ id: paperId(number) }), latest: anObservation() }));
    await papers.keep(
      found.map((after) => ({ before: undefined, after })),
      at,
    );
    const rows = async () => (await rawItems(client, table)).filter(({ sk }) => sk === 'paper');
    const before = await rows();
    const risen = found.map((known) => ({
      before: known,
      after: { ...known, latest: anObservation({ at: at + hourMs, upvotes: 99 }) },
    }));
    await papers.keep(risen, at + hourMs);
    expect(await rows()).toEqual(before);
    expect(before.every((row) => !('latest' in row))).toBe(true);
    expect((await items('hours')).map(({ sk, expiresAt }) => ({ sk, expiresAt }))).toEqual([
      { sk: '2026-08-07T03:00:00.000Z', expiresAt: instant('2026-11-05T03:00') / 1000 },
      { sk: '2026-08-07T04:00:00.000Z', expiresAt: instant('2026-11-05T04:00') / 1000 },
    ]);
  });

  it('keep what an earlier version wrote: rows of observations, and the newest one in the paper’s row', async () => {
    const { papers, historyOf, latestOf, putOld } = await open();
    const seen = [0, 1].map((hour) => anObservation({ at: at - (2 - hour) * hourMs, upvotes: hour }));
    const paper = aPaper({ firstSeenAt: at - 2 * hourMs });
    await putOld(paper, ...seen);
    expect(await historyOf(1)).toEqual(seen);
    expect(await latestOf(1)).toEqual(seen[1]);
    const latest = anObservation({ upvotes: 7 });
    await savePaper(papers, paper, latest);
    expect(await historyOf(1)).toEqual([...seen, latest]);
    expect(await latestOf(1)).toEqual(latest);
    expect(await papers.newestUntil([paper.id], at - 1)).toEqual(new Map([[paper.id, seen[1]]]));
    expect(await papers.newestUntil([paper.id], at)).toEqual(new Map([[paper.id, latest]]));
  });

  it('leave out what had expired, though it was not deleted yet', async () => {
    const { papers, historyOf, putOld } = await open();
    const old = [-1, 1].map((hours) => anObservation({ at: startOf(today) - 90 * dayMs + hours * hourMs }));
    await putOld(aPaper({ firstSeenAt: startOf(today) - 91 * dayMs }), ...old);
    expect(await historyOf(1)).toEqual([old[1]]);
    const second = aPaper({ id: paperId(2), firstSeenAt: startOf(today) - 91 * dayMs });
    for (const observation of old) await savePaper(papers, second, observation);
    expect(await historyOf(2)).toEqual([old[1]]);
  });

  it('know the newest counts of a paper that is listed again after weeks', async () => {
    const { papers, latestOf, historyOf } = await open();
    const paper = aPaper();
    const latest = anObservation({ upvotes: 31, stars: 5 });
    await savePaper(papers, paper, latest);
    for (const days of [3, 6, 7, 20]) {
      const id = paperId(100 + days);
      const firstSeenAt = at + days * dayMs;
      await savePaper(papers, aPaper({ id, listedDays: [], firstSeenAt }), anObservation({ at: firstSeenAt }));
    }
    expect(await latestOf(1)).toEqual(latest);
    const again = { ...paper, listedDays: [...paper.listedDays, day('2026-08-28')] };
    await savePaper(papers, again, undefined, at + 21 * dayMs);
    expect(await latestOf(1)).toEqual(latest);
    expect(await historyOf(1, day('2026-08-28'))).toEqual([latest]);
  });

  it('hold when arXiv last described a paper, so that its row is not written for that', async () => {
    const { papers, items } = await open();
    const paper = aPaper({ version: 2, describedAt: at, starsFrom: 'hugging-face' });
    await papers.keep([{ before: undefined, after: { paper } }], at);
    const before = { paper };
    const described = { ...paper, describedAt: at + dayMs };
    await papers.keep([{ before, after: { paper: described } }], at + dayMs);
    const [found] = await papers.activeBetween(today, today);
    expect(JSON.stringify((await papers.find([paper.id])).get(paper.id)?.paper)).toBe(JSON.stringify(found?.paper));
    expect(found?.paper).toEqual(described);
    expect(await items(`paper#${paper.id}`)).toMatchObject([{ paper: { describedAt: at } }]);
  });

  it('do not say that a new version was described', async () => {
    const { papers } = await open();
    const paper = aPaper({ version: 1, describedAt: at });
    await papers.keep([{ before: undefined, after: { paper } }], at);
    const described = { ...paper, describedAt: at + dayMs };
    await papers.keep([{ before: { paper }, after: { paper: described } }], at + dayMs);
    const { describedAt: _, ...announced } = { ...paper, version: 2 };
    await papers.keep([{ before: { paper: described }, after: { paper: announced } }], at + dayMs + hourMs);
    expect((await papers.find([paper.id])).get(paper.id)?.paper).toEqual(announced);
  });

  it('are whole or not there where a run ends between the parts of a large one', async () => {
    const { client, table, items } = await open();
    const papers = paperRepository(client, table);
    const found = (run: number) =>
      Array.from({ length: 40_000 }, (_, index) => ({
        paper: aPaper({ id: paperId(index + 1) }),
        latest: anObservation({ at: at + run, upvotes: (index * 7919) % 99_991, stars: (index * 104_729) % 99_991 }),
      }));
    const changes = found(0).map((after) => ({ before: after, after }));
    await papers.keep(changes, at);
    const parts = await items('hour#2026-08-07T03:00:00.000Z');
    expect(parts.length).toBeGreaterThan(1);
    expect([...parts, ...(await items('hours'))].every((item) => itemBytes(item) < 400 * 1024)).toBe(true);
    await savePaper(papers, aPaper({ id: paperId(40_000) }), found(0)[39_999]?.latest);
    expect((await papers.find([paperId(40_000)])).get(paperId(40_000))?.latest).toEqual(found(0)[39_999]?.latest);

    const dying = paperRepository(
      dyingClient(client, ({ Item }) => (Item as { pk?: string } | undefined)?.pk === 'hours'),
      table,
    );
    const more = found(1).map((after) => ({ before: after, after }));
    await expect(dying.keep(more, at + 1)).rejects.toThrow('died');
    expect((await papers.find([paperId(40_000)])).get(paperId(40_000))?.latest).toEqual(found(0)[39_999]?.latest);
    await papers.keep(more, at + 1);
    expect((await papers.find([paperId(40_000)])).get(paperId(40_000))?.latest).toEqual(found(1)[39_999]?.latest);
  });
});

describe('a run that ends early', () => {
  const dynamo = embeddedForTests();

  it.each([0, 1, 2, 3])('after %i writes is mended by the next, which counts nothing twice', async (writes) => {
    const table = await dynamo().createTable('papers');
    const { client } = dynamo();
    const papers = paperRepository(client, table);
    const known = aPaper({ codeUrl: 'https://github.com/quill/lantern' });
    await savePaper(papers, known, anObservation());
    let written = 0;
    const isWrite = (input: Record<string, unknown>) => 'Item' in input || 'UpdateExpression' in input;
    const dying = dyingClient(client, (input) => {
      if (!isWrite(input)) return false;
      written += 1;
      return written > writes;
    });
    const run = async (repository: typeof papers, now: number) => {
      const found = await repository.find([known.id, paperId(2)]);
      const observe = (id: typeof known.id, upvotes: number) => {
        const latest = found.get(id)?.latest;
        return latest?.upvotes === upvotes ? latest : { at: now, upvotes };
      };
      const codeUrl = 'https://github.com/quill/lamp';
      await repository.keep(
        [
          { before: found.get(known.id), after: { paper: { ...known, codeUrl }, latest: observe(known.id, 20) } },
          {
            before: found.get(paperId(2)),
            after: { paper: aPaper({ id: paperId(2) }), latest: observe(paperId(2), 5) },
          },
        ],
        now,
      );
    };
    if (writes < 3) await expect(run(paperRepository(dying, table), at + hourMs)).rejects.toThrow('died');
    else await run(paperRepository(dying, table), at + hourMs);
    await run(papers, at + 2 * hourMs);
    await run(papers, at + 3 * hourMs);
    const observed = await papers.activeBetween(today, today);
    expect(observed.map(({ paper: { codeUrl }, history }) => [codeUrl, history.map(({ upvotes }) => upvotes)])).toEqual(
      [
        ['https://github.com/quill/lamp', [12, 20]],
        [undefined, [5]],
      ],
    );
  });

  it('before it wrote what arXiv said of a new version has not described it', async () => {
    const table = await dynamo().createTable('papers');
    const { client } = dynamo();
    const papers = paperRepository(client, table);
    const announced = aPaper({ version: 2 });
    await papers.keep([{ before: undefined, after: { paper: announced, latest: anObservation() } }], at);
    const described = { ...announced, isWithdrawn: true, describedAt: at };
    const change = {
      before: { paper: announced, latest: anObservation() },
      after: { paper: described, latest: anObservation() },
    };
    const dying = dyingClient(client, (input) => 'UpdateExpression' in input);
    await expect(paperRepository(dying, table).keep([change], at)).rejects.toThrow('died');
    expect((await papers.find([announced.id])).get(announced.id)).toEqual(change.before);
    await papers.keep([change], at + hourMs);
    expect((await papers.find([announced.id])).get(announced.id)).toEqual(change.after);
  });
});
