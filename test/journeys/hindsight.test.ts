import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import { run } from '../../cli/commands/watch/show-run.js';
import { addDays, dayMs, hourMs } from '../../shared/domain/calendar-date.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { rawItems } from '../storage/raw-items.js';
import { aProfile, day, instant } from '../support/builders.js';
import { savePaper } from '../support/save-paper.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(240_000);

const thursday = day('2026-08-06');
const reviewed = instant('2026-08-13T17:30');

describe('nine days of the house', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  let pageBefore: string;
  let keptBefore: number;
  let dataDir: string;
  const page = async () => (await fetch(`${opened.house.pagesUrl}/hindsight`)).text();
  const ownTable = () => rawItems(documentClient(opened.client), opened.house.output('EditionsTable'));

  /** A vote count as an ingest would have kept it. */
  async function rise(id: string, upvotes: number, at: number): Promise<void> {
    const edition = await opened.editions.find(thursday);
    const ranked = edition?.papers.find(({ paper }) => paper.id === id);
    await savePaper(opened.papers, ranked!.paper, { ...ranked!.counts, at, upvotes });
  }

  beforeAll(async () => {
    made = synthesizeOnce();
    dataDir = mkdtempSync(join(tmpdir(), 'hindsight-'));
    opened = await openAt(thursday, made, { dataDir });
    await opened.welcome([aProfile({ timeZone: 'UTC', hour: 5, topics: [{ name: 'Agents', filter: 'agents' }] })]);
    for (let date = thursday; date < '2026-08-13'; date = addDays(date, 1)) {
      const at = instant(`${date}T05:00`);
      if (opened.clock.now() < at) opened.clock.set(at);
      await opened.passTime(at + hourMs);
    }
    // The paper that stood last overtakes all; one of the first rises after the seven days, too late to count.
    const papers = (await opened.editions.find(thursday))!.papers.map(({ paper }) => paper.id);
    await rise(papers.at(-1)!, 400, instant('2026-08-12T23:00'));
    await rise(papers[0]!, 9000, instant('2026-08-13T05:00:01'));
    pageBefore = await page();
    keptBefore = (await opened.hindsights.newest(9)).length;
    opened.clock.set(reviewed);
    await opened.passTime(reviewed);
  });
  afterAll(async () => {
    await opened.close();
    made.remove();
    jest.restoreAllMocks();
    rmSync(dataDir, { recursive: true });
  });

  it('know nothing better before seven days are over', () => {
    expect(keptBefore).toBe(0);
    expect(pageBefore).toContain('No edition is seven days old yet.');
  });

  it('review the first edition by the clock, by what was observed within its seven days', async () => {
    const [hindsight, ...others] = await opened.hindsights.newest(9);
    expect(others).toEqual([]);
    expect(hindsight).toMatchObject({ date: thursday, papers: 7, unobserved: 0 });
    // Seven papers, and the last alone gained anything: its gain counts at place 7, and the others share the places
    // behind it.
    expect(hindsight?.ours?.p10).toBe(1);
    expect(hindsight?.ours?.p3).toBeCloseTo(1 / 3, 12);
    expect(hindsight?.ours?.ndcg10).toBeCloseTo(1 / Math.log2(7 + 1), 12);
    expect(hindsight?.rawUpvotes?.p3).toBeCloseTo(1 / 3, 12);
  });

  it('show it on the public page', async () => {
    const shown = await page();
    const [hindsight] = await opened.hindsights.newest(1);
    expect(shown).toContain(`href="/editions/${thursday}"`);
    expect(shown).toContain(`<td>${hindsight!.ours!.ndcg10.toFixed(2)}</td>`);
  });

  it('change nothing by a second run', async () => {
    const before = await ownTable();
    opened.clock.set(reviewed + hourMs);
    await opened.house.fire('ReviewEditions');
    await opened.house.settle();
    expect(await ownTable()).toEqual(before);
  });

  it('review the next edition a day later, and a missed one with it', async () => {
    opened.clock.set(reviewed + 2 * dayMs);
    await opened.passTime(reviewed + 2 * dayMs);
    const dates = (await opened.hindsights.newest(9)).map(({ date }) => date);
    expect(dates).toEqual(['2026-08-08', '2026-08-07', thursday]);
  });

  it('stay within the grants of the template', () => {
    expect(opened.house.failures()).toEqual([]);
  });

  it('tell the admin beside the run', async () => {
    await opened.house.close();
    let said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += text;
      return true;
    });
    await callCommand(run, ['--date', thursday, '--data', dataDir]);
    expect(said).toMatch(/^sent +1$/m);
    expect(said).toMatch(/^hindsight of 2026-08-06: NDCG@10 0\.\d\d \(raw upvotes 0\.\d\d\), p@3\/5\/10 0\.33\//m);
  });
});
