import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dateOf, dayMs, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { dayLine, sourceLine } from '../../../shared/domain/edition/day-line.js';
import type { Edition, EditionSource, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { anEdition, aRankedPaper, day, instant, paperId } from '../../support/builders.js';

/** A Friday; the edition before it came on Thursday at five. */
const friday = day('2026-08-07');
const thursday = { date: day('2026-08-06'), publishedAt: instant('2026-08-06T05:02') };

const listedOn = (date: string, firstSeenAt = `${date}T02:00`, id = 1): RankedPaper =>
  aRankedPaper({ id: paperId(id), listedDays: [day(date)], firstSeenAt: instant(firstSeenAt) });
const fresh = listedOn('2026-08-07');
const afterThursdaysEdition = listedOn('2026-08-06', '2026-08-06T15:00');
const beforeThursdaysEdition = listedOn('2026-08-06');
const tuesday = listedOn('2026-08-04');
const lastWeek = listedOn('2026-08-01');
const longAgo = { ...listedOn('2026-07-02', '2026-08-05T02:00'), lane: 'resurfaced' as const };

const edition = (over: Partial<Edition> = {}) => anEdition({ date: friday, previous: thursday, days: [], ...over });

describe('the day line counts the papers shown', () => {
  it.each([
    ['2 new since yesterday, 1 from earlier this week.', [fresh, afterThursdaysEdition, tuesday]],
    ['1 new since yesterday.', [fresh]],
    ['Nothing new since yesterday: 2 from earlier this week.', [beforeThursdaysEdition, tuesday]],
    ['1 new since yesterday, 2 from the past week.', [fresh, tuesday, lastWeek]],
    ['1 new since yesterday, 1 older.', [fresh, longAgo]],
    ['Nothing new since yesterday: 1 older.', [longAgo]],
  ])('%s', (line, papers) => {
    expect(dayLine(edition(), papers)).toBe(line);
  });

  it('names the day since which they are new, when there was no edition yesterday', () => {
    const since = (date: string) => ({ date: day(date), publishedAt: instant(`${date}T05:02`) });
    expect(dayLine(edition({ previous: since('2026-08-04') }), [fresh])).toBe('1 new since Tuesday.');
    expect(dayLine(edition({ previous: since('2026-07-31') }), [fresh])).toBe('1 new since Friday, 31 July 2026.');
  });

  it('goes by the lists alone on an edition that does not know the one before', () => {
    const old = anEdition({ date: friday, days: [] });
    const seenToday = listedOn('2026-08-05', '2026-08-07T05:00');
    expect(dayLine(old, [fresh, seenToday])).toBe('1 listed today, 1 from earlier this week.');
    expect(dayLine(old, [seenToday])).toBe('Nothing new today: 1 from earlier this week.');
  });

  it('calls a paper of an old list that was late to us not new', () => {
    const late = listedOn('2026-08-03', '2026-08-06T20:00');
    expect(dayLine(edition(), [late])).toBe('Nothing new since yesterday: 1 from earlier this week.');
  });

  it('counts a paper of no list from when it was first seen', () => {
    const unlisted = (firstSeenAt: string) => aRankedPaper({ listedDays: [], firstSeenAt: instant(firstSeenAt) });
    const papers = [unlisted('2026-08-06T23:00'), unlisted('2026-08-05T23:00')];
    expect(dayLine(edition(), papers)).toBe('1 new since yesterday, 1 from earlier this week.');
  });

  it('counts each paper once, and calls new only what is younger than the edition before', () => {
    const paper = fc.record({ listed: fc.option(fc.nat(12), { nil: undefined }), seenHoursAgo: fc.nat(24 * 12) });
    fc.assert(
      fc.property(fc.array(paper, { minLength: 1, maxLength: 25 }), fc.integer({ min: 1, max: 6 }), (given, ago) => {
        const publishedAt = startOf(friday) + 5 * hourMs;
        const previous = { date: addDays(friday, -ago), publishedAt: publishedAt - ago * dayMs };
        const papers = given.map(({ listed, seenHoursAgo }, at) => {
          const firstSeenAt = publishedAt - seenHoursAgo * hourMs;
          const listedDays = listed === undefined ? [] : [addDays(friday, -listed)];
          return aRankedPaper({ id: paperId(at), listedDays, firstSeenAt });
        });
        const line = dayLine(edition({ previous, publishedAt }), papers);
        const counts = [...line.matchAll(/\d+(?= (?:new|listed|from|older))/g)].map(Number);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(papers.length);
        const isYoung = ({ listed, seenHoursAgo }: (typeof given)[number]) =>
          seenHoursAgo < 24 * ago && (listed === undefined || listed <= ago);
        const young = given.filter(isYoung).length;
        expect(line.startsWith(young > 0 ? `${young} new since` : 'Nothing new since')).toBe(true);
      }),
    );
  });
});

describe('the day line tells which source had nothing', () => {
  const lists = (date: string, ...listed: readonly number[]) => ({
    date: day(date),
    days: listed.map((count, daysAgo) => ({ date: addDays(day(date), -daysAgo), listed: count })),
  });
  const health = (over: Partial<EditionSource>): EditionSource => ({ source: 'arxiv', status: 'fresh', ...over });

  it.each([
    ['2026-08-07', [4, 5, 6, 7, 8, 0, 0], []],
    ['2026-08-07', [0, 5, 6], ['Hugging Face listed nothing yet today.']],
    ['2026-08-09', [0, 0, 6], ['Hugging Face listed nothing on Saturday and nothing yet today.']],
    ['2026-08-10', [9, 0, 0, 6], ['Hugging Face listed nothing on Saturday or Sunday.']],
    ['2026-08-08', [3, 0, 6], ['Hugging Face listed nothing on Friday.']],
    ['2026-08-11', [3, 0, 0, 0, 6], ['Hugging Face listed nothing from Saturday to Monday.']],
    ['2026-08-11', [3, 0, 0, 0, 0, 0, 0], ['Hugging Face listed nothing for six days.']],
    ['2026-08-11', [0, 0, 0, 0, 0, 0, 0], ['Hugging Face listed nothing all week.']],
    ['2026-08-11', [0, 0, 0, 0, 6], ['Hugging Face listed nothing from Saturday to Monday and nothing yet today.']],
  ])('%s %j', (date, listed, expected) => {
    expect(sourceLine(anEdition(lists(date, ...listed)))).toEqual(expected);
  });

  it.each<[string, Partial<EditionSource>, readonly string[]]>([
    ['2026-08-07', { status: 'down' }, ['arXiv could not be reached.']],
    ['2026-08-07', { status: 'quiet', newestDay: day('2026-08-06') }, ['arXiv had nothing new yet today.']],
    ['2026-08-08', { status: 'quiet', newestDay: day('2026-08-07') }, []],
    ['2026-08-07', { status: 'stale', newestDay: day('2026-08-02') }, ['arXiv has had nothing new since Sunday.']],
    ['2026-08-07', { status: 'quiet' }, []],
    ['2026-08-07', { status: 'fresh', newestDay: day('2026-08-07') }, []],
  ])('%s %j', (date, arxiv, expected) => {
    expect(sourceLine(anEdition({ date: day(date), days: [], sources: [health(arxiv)] }))).toEqual(expected);
  });

  it('says nothing of the lists of a source that it cannot reach', () => {
    const sources = [health({ source: 'hugging-face', status: 'down' }), health({ status: 'down' })];
    expect(sourceLine(anEdition({ ...lists('2026-08-09', 0, 0), sources }))).toEqual([
      'Hugging Face could not be reached; arXiv could not be reached.',
    ]);
  });

  it('comes after the counts', () => {
    const days = [{ date: dateOf(startOf(friday)), listed: 0 }];
    expect(dayLine(edition({ days }), [tuesday])).toBe(
      'Nothing new since yesterday: 1 from earlier this week. Hugging Face listed nothing yet today.',
    );
  });
});
