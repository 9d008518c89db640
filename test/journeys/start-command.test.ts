import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import { start } from '../../cli/commands/day/start.js';
import { addDays, type CalendarDate } from '../../shared/domain/calendar-date.js';
import { day } from '../support/builders.js';
import { writeRecordedDays } from '../support/recorded-day.js';
import { recordedFortnight } from '../support/recorded-fortnight.js';

jest.setTimeout(600_000);

const monday = day('2026-08-03');
const days = Array.from({ length: 12 }, (_, index) => addDays(monday, index));

/** A terminal that is typed on and read. */
function aTerminal() {
  const keys = new EventEmitter();
  const stdin = Object.assign(keys, { isTTY: true, setRawMode: () => {}, resume: () => {}, pause: () => {} });
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as unknown as typeof process.stdin);
  const screen = { text: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    screen.text += text;
    return true;
  });
  const prompts = () => screen.text.split('\n').filter((line) => line.includes('Press '));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((over) => setTimeout(over, 50));
  };
  const prompted = (count: number) => until(() => prompts().length >= count);
  const type = (text: string) => keys.emit('data', Buffer.from(text));
  return { screen, prompts, prompted, until, type };
}

describe('twelve recorded days, played one after the other', () => {
  let dir: string;
  let said: string;
  let prompts: readonly string[];
  let pages: ReadonlyMap<CalendarDate, string>;
  let hindsightPage: string;
  const startIn = (...more: string[]) => callCommand(start, ['--recorded', dir, '--data', join(dir, 'data'), ...more]);
  /** What was said of each day, by its prompt at the end. */
  const saidOf = (date: CalendarDate) => {
    const parts = said.split(/^(?=\[)/m);
    const ending = parts.findIndex((part) => part.startsWith(`[${date}`));
    return parts[ending - 1] ?? '';
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'start-'));
    writeRecordedDays(dir, recordedFortnight(monday));
    const terminal = aTerminal();
    const ended = startIn('--date', monday);
    await Promise.race([terminal.prompted(1), ended]);
    terminal.type('n'.repeat(days.length - 1));
    await Promise.race([terminal.prompted(days.length), ended]);
    const [, url = ''] = /Today's edition +(\S+)\//.exec(terminal.screen.text) ?? [];
    const page = async (path: string) => (await fetch(url + path)).text();
    // One after the other: a new account runs ten functions at once, and no more.
    const asked: [CalendarDate, string][] = [];
    for (const date of days) asked.push([date, await page(`/editions/${date}`)]);
    pages = new Map(asked);
    hindsightPage = await page('/hindsight');
    terminal.type('q');
    await ended;
    said = terminal.screen.text;
    prompts = terminal.prompts();
  });
  afterAll(() => {
    jest.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });

  it('says what it waits for before anything else, and what of it is played', () => {
    expect(said.split('\n').slice(0, 4)).toEqual([
      `Reading the recordings in ${dir} …`,
      'The lists and their morning votes are recorded. How the votes rise after that is simulated, and so is hindsight.',
      'Reading the template …',
      'Reading the sources …',
    ]);
  });

  it('shows the played day and what the keys do, after each of the presses that came at once', () => {
    expect(prompts.map((line) => line.slice(1, 11))).toEqual(days);
    expect(prompts[0]).toBe(
      '[2026-08-03 05:00 UTC, simulated; new papers until 2026-08-16] Press n for the next day, ' +
        't to run the tick now, q to quit.',
    );
  });

  it('has an edition each day, with the papers of that day', () => {
    for (const [index, date] of days.entries()) {
      const papers = pages.get(date) ?? '';
      expect(papers.includes(`of Day ${index + 1}<`)).toBe(![5, 6].includes(index));
    }
  });

  it('brings a digest each day, or says why there is none', () => {
    for (const [index, date] of days.entries()) {
      const isWeekend = [5, 6].includes(index);
      expect(saidOf(date)).toContain(
        isWeekend
          ? `No digest: nothing in the edition of ${date} is new and in the topics.`
          : '1 new mail in the inbox.',
      );
    }
  });

  it('draws curves from the second day on', () => {
    const hasCurve = days.map((date) => /<svg[^>]*curve|<polyline/.test(pages.get(date) ?? ''));
    expect(hasCurve).toEqual(days.map((_, index) => index > 0));
  });

  it('looks back from the eighth day on, upon votes that rose', () => {
    for (const [index, date] of days.entries()) {
      const lookedBack = /^hindsight of (\S+): (.*)$/m.exec(saidOf(date));
      expect(lookedBack?.[1]).toBe(days[index - 7]);
      if (index >= 7) expect(lookedBack?.[2]).toMatch(/^NDCG@10 \d/);
    }
    expect(hindsightPage).toContain(`href="/editions/${monday}"`);
  });

  it('fails nowhere', () => {
    expect(said).not.toContain('failed:');
  });

  it('goes on where it was when its folder is opened again, whatever the date, and ends after the press under way', async () => {
    jest.restoreAllMocks();
    const terminal = aTerminal();
    const ended = startIn('--date', monday);
    await Promise.race([terminal.prompted(1), ended]);
    terminal.type('nnn');
    await Promise.race([terminal.until(() => terminal.screen.text.includes('Running on')), ended]);
    terminal.type('q');
    await ended;
    expect(terminal.screen.text).toMatch(/Resuming \S*data at 2026-08-14 05:0\d UTC; --date 2026-08-03 is ignored\./);
    expect(terminal.prompts().map((line) => line.slice(1, 11))).toEqual(['2026-08-14', '2026-08-15']);
  });
});
