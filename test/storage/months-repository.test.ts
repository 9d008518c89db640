import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { makeMonth } from '../../shared/domain/archive/make-month.js';
import { monthFormat } from '../../shared/domain/archive/month-index.js';
import { cutSpots } from '../../shared/domain/archive/month-spots.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { scoreboardOf } from '../../shared/domain/edition/scoreboard.js';
import { type MonthRepository, monthRepository } from '../../shared/storage/months-repository.js';
import { anEdition, aRankedPaper, aTrendScore, day, instant, paperId } from '../support/builders.js';
import { fakeMonthRepository } from '../support/fake-month-repository.js';
import { dyingClient, embeddedForTests } from './embedded.js';
import { itemBytes } from './item-bytes.js';
import { rawItems } from './raw-items.js';

const today = day('2026-08-07');
const now = instant('2026-08-07T05:10');

/** An edition of so many papers, the best first. */
function editionOf(date: string, papers = 12): Edition {
  const ranked = Array.from({ length: papers }, (_, index) =>
    aRankedPaper({ id: paperId(index + 1), title: `Lamp ${index} of ${date}` }, aTrendScore(100 - index)),
  );
  return anEdition({ date: day(date), papers: ranked });
}

const editions = [editionOf('2026-08-07'), editionOf('2026-08-01', 14)];
const dates = editions.map(({ date }) => date);

const write = (months: MonthRepository, sources: readonly Edition[] = editions) =>
  months.write(makeMonth(sources), sources, dates, now);

function monthsContract(make: () => Promise<MonthRepository>): void {
  let months: MonthRepository;
  beforeEach(async () => {
    months = await make();
  });

  it('gives back the index of a month and the names in it, and knows the editions behind it', async () => {
    await write(months);
    const head = await months.headOf(today);
    expect(head).toMatchObject({ date: today, editions: dates });
    expect(head?.sources.map(({ date }) => date)).toEqual(dates);
    const { names, wordAt, ...made } = makeMonth(editions);
    expect(await months.read(head!)).toEqual(made);
    expect(await months.readNames(head!)).toEqual(names);
    expect(await months.readWords(head!)).toEqual(wordAt);
    expect(await months.readSpots(head!, [0])).toEqual(cutSpots(wordAt, made.firstOfClass.at(-1)! - 1));
  });

  it('gives papers by their places in an edition, in any order', async () => {
    await write(months);
    const [first, second] = (await months.headOf(today))!.sources;
    const found = await months.papersAt([
      { ...second!, place: 13 },
      { ...first!, place: 0 },
      { ...second!, place: 4 },
      { ...second!, place: 5 },
    ]);
    const [newer, older] = editions.map(({ papers }) => papers);
    expect(found).toEqual([older![13], newer![0], older![4], older![5]]);
    expect(await months.papersAt([])).toEqual([]);
  });

  it('tells where the papers of its editions stood, by the texts that have them', async () => {
    await write(months);
    const found = await months.scoreboards([day('2026-08-01'), day('2026-08-02'), today]);
    const boards = [...found].sort((one, other) => (one.date < other.date ? 1 : -1));
    expect(boards.map(({ texts: _, ...board }) => board)).toEqual(editions.map(scoreboardOf));
    const { date, texts } = boards[1]!;
    expect(await months.papersAt([{ date, texts, place: 13 }])).toEqual([editions[1]!.papers[13]]);
    expect(await months.scoreboards([])).toEqual([]);
  });

  it('knows nothing of a date without an index', async () => {
    await write(months);
    expect(await months.headOf(day('2026-08-01'))).toBeUndefined();
  });
}

describe('months in memory', () => monthsContract(async () => fakeMonthRepository()));

describe('months in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('editions');
  monthsContract(async () => monthRepository(dynamo().client, await newTable()));

  it('writes the texts of an edition that was remade anew, and of no other', async () => {
    const months = monthRepository(dynamo().client, await newTable());
    await write(months);
    const before = (await months.headOf(today))!.sources;
    const [remade, older] = [editionOf('2026-08-07', 13), editionOf('2026-08-01', 3)];
    await months.write(makeMonth([remade, older]), [remade, older], dates, now, 'anew');
    const after = (await months.headOf(today))!.sources;
    expect(await months.papersAt([{ ...after[0]!, place: 12 }])).toEqual([remade.papers[12]]);
    expect(after[0]!.texts).not.toBe(before[0]!.texts);
    expect(after[1]).toEqual(before[1]);
    const [board] = await months.scoreboards([today]);
    expect(board?.texts).toBe(after[0]!.texts);
  });

  const itemsOf = async (table: string, kind: string) =>
    (await rawItems(dynamo().client, table)).filter(({ sk }) => String(sk).startsWith(`${kind}#`));
  const expiring = async (table: string, kind: string) =>
    (await itemsOf(table, kind)).filter(({ expiresAt }) => expiresAt !== undefined);

  it('cut a large index into parts that each fit an item of 400 KB, and texts into items of at most 64 papers', async () => {
    const table = await newTable();
    const months = monthRepository(dynamo().client, table);
    const noise = Array.from({ length: 40_000 }, (_, line) => createHash('md5').update(`${line}`).digest('base64'));
    const made = { ...makeMonth(editions), organisations: noise.join('\n') };
    await months.write(made, editions, dates, now);
    const parts = await itemsOf(table, 'index');
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...(await rawItems(dynamo().client, table)).map(itemBytes))).toBeLessThan(400 * 1024);
    const { names, wordAt, ...stored } = made;
    expect(await months.read((await months.headOf(today))!)).toEqual(stored);
    expect(await months.readWords((await months.headOf(today))!)).toEqual(wordAt);
    expect(names.authors).toContain('quill ada');
    expect((await itemsOf(table, 'texts')).length).toBeGreaterThanOrEqual(2);
  });

  it('let what no head names any more expire a day later, and nothing else', async () => {
    const table = await newTable();
    const months = monthRepository(dynamo().client, table);
    await write(months);
    expect(await expiring(table, 'index')).toEqual([]);
    await write(months, [editionOf('2026-08-07', 3)]);
    const head = (await months.headOf(today))!;
    for (const [kind, hash] of [
      ['index', head.hash],
      ['names', head.names.hash],
      ['words', head.words.hash],
      ['spots', head.spots.hash],
    ] as const) {
      const left = await expiring(table, kind);
      expect(left.length).toBeGreaterThan(0);
      for (const { sk, expiresAt } of left) {
        expect(sk).not.toContain(hash);
        expect(expiresAt).toBe((now + 24 * 60 * 60 * 1000) / 1000);
      }
    }
    expect(await expiring(table, 'texts')).toEqual([]);
    expect((await months.read(head)).days).toHaveLength(3);
  });

  it('write the texts of an edition once, whichever months it belongs to', async () => {
    const table = await newTable();
    const months = monthRepository(dynamo().client, table);
    await write(months);
    const before = await itemsOf(table, 'texts');
    await write(months);
    expect(await itemsOf(table, 'texts')).toEqual(before);
  });

  it('go without the scoreboard of a version that kept none, until the texts are written again', async () => {
    const table = await newTable();
    const months = monthRepository(dynamo().client, table);
    await write(months);
    const head = (await rawItems(dynamo().client, table)).find(
      ({ pk, sk }) => pk === `edition#${today}` && sk === 'texts',
    );
    const { scoreboard: _, ...older } = head!;
    await dynamo().client.send(new PutCommand({ TableName: table, Item: older }));
    expect(await months.scoreboards([today])).toEqual([]);
    await write(months);
    expect(await months.scoreboards([today])).toHaveLength(1);
    await dynamo().client.send(new PutCommand({ TableName: table, Item: { ...head, format: monthFormat - 1 } }));
    expect(await months.scoreboards([today])).toEqual([]);
  });

  it('show nothing of an index whose writer died before the head, nor of one of another format', async () => {
    const table = await newTable();
    const isHead = (input: Record<string, unknown>) => (input.Item as { sk?: string } | undefined)?.sk === 'index';
    const months = monthRepository(dynamo().client, table);
    await expect(write(monthRepository(dyingClient(dynamo().client, isHead), table))).rejects.toThrow('died');
    expect((await itemsOf(table, 'index')).length).toBeGreaterThan(0);
    expect(await months.headOf(today)).toBeUndefined();
    await write(months);
    const head = (await rawItems(dynamo().client, table)).find(({ sk }) => sk === 'index');
    const older = { ...head, format: monthFormat - 1 };
    await dynamo().client.send(new PutCommand({ TableName: table, Item: older }));
    expect(await months.headOf(today)).toBeUndefined();
  });

  it('refuse an index that has lost a part, and a text that is gone', async () => {
    const table = await newTable();
    const months = monthRepository(dynamo().client, table);
    await write(months);
    const head = (await months.headOf(today))!;
    const kinds = ['index', 'words', 'spots', 'texts'];
    for (const { pk, sk } of (await Promise.all(kinds.map((kind) => itemsOf(table, kind)))).flat())
      await dynamo().client.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
    await expect(months.read(head)).rejects.toThrow('not what was written');
    await expect(months.readWords(head)).rejects.toThrow('not what was written');
    await expect(months.readSpots(head, [0])).rejects.toThrow('is gone');
    await expect(months.papersAt([{ ...head.sources[0]!, place: 1 }])).rejects.toThrow('is gone');
  });
});
