import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openArchive } from '../../../shared/domain/archive/archive-index.js';
import { makeMonth } from '../../../shared/domain/archive/make-month.js';
import {
  packMonth,
  packNames,
  packSpots,
  packWords,
  unpackMonth,
  unpackNames,
  unpackSpots,
  unpackWords,
} from '../../../shared/domain/archive/month-bytes.js';
import type { MonthIndex } from '../../../shared/domain/archive/month-index.js';
import { cutSpots } from '../../../shared/domain/archive/month-spots.js';
import { addDays, type CalendarDate, daysUpTo, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { daysBefore, editionSpan, editionsCovering } from '../../../shared/domain/edition/archive.js';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { byRank } from '../../../shared/domain/edition/rank-edition.js';
import { compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import { anEdition, aPaper, aTrendScore, day, paperId } from '../../support/builders.js';
import { filterOf } from '../../support/filters.js';
import { joinSlowly, placesSlowly, relevanceSlowly } from './slow-archive.js';

const today = day('2026-08-07');

const word = fc.constantFrom(
  ...'lamp lamps wax waxes memory memories dying study naïve c++ of the quill o’clock'.split(' '),
);
const sentence = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const text = fc
  .array(sentence, { minLength: 1, maxLength: 4 })
  .map((sentences) => sentences.map((each) => `A ${each}.`).join(' '));
const name = fc.constantFrom(
  'Ada Quill',
  'A. Quill',
  'Ben O’Reed',
  'Xiao-Ming Li',
  'Quill',
  'Ada B. Quill Jr.',
  'Ben Wax',
);

/** A paper of which each edition may tell something else. */
const told = fc.record({
  number: fc.integer({ min: 1, max: 40 }),
  title: sentence,
  abstract: text,
  keywords: fc.uniqueArray(fc.constantFrom('candles', 'kv caches', 'zinc'), { maxLength: 2 }),
  authors: fc.uniqueArray(name, { maxLength: 3 }),
  categories: fc.subarray(['cs.CL', 'cs.LG', 'math.OC', 'csx.AI']),
  organisation: fc.constantFrom('Reed Labs', 'The Wax Institute', ''),
  hasCode: fc.boolean(),
  score: fc.integer({ min: 0, max: 5 }),
  upvotes: fc.integer({ min: 0, max: 9 }),
  ageDays: fc.integer({ min: 0, max: 6 }),
  isListed: fc.boolean(),
});

type Told = typeof told extends fc.Arbitrary<infer Value> ? Value : never;

function paperOf(each: Told, date: CalendarDate): RankedPaper {
  const own = addDays(date, -each.ageDays);
  const paper = aPaper({
    ...each,
    id: paperId(each.number),
    publishedAt: startOf(own) + each.number * hourMs,
    listedDays: each.isListed ? [own] : [],
    sources: each.hasCode ? ['arxiv'] : ['hugging-face', 'arxiv'],
    ...(each.hasCode && { codeUrl: 'https://github.com/reed/lamps' }),
  });
  const { organisation, ...nameless } = paper;
  return {
    paper: organisation === '' ? nameless : paper,
    score: aTrendScore(each.score),
    counts: { upvotes: each.upvotes, stars: each.score },
  };
}

function editionFrom(papers: readonly Told[], date: CalendarDate): Edition {
  const different = [...new Map(papers.map((each) => [each.number, paperOf(each, date)])).values()];
  return anEdition({ date, publishedAt: startOf(date) + 5 * hourMs, papers: different.sort(byRank) });
}

const filters = [
  ...['lamp', 'waxes', 'memory', 'naive', 'c++', '"of the"', '"lamps of"', '=memories', '"wax lam*"', 'me*', 'dying'],
  ...['title:lamp', 'abstract:"of wax"', 'keyword:cache', 'near/2(lamp wax)', 'near/3(title:wax title:of)', 'o’clock'],
  ...['cat:cs', 'cat:cs.CL', 'author:quill', 'author:"A Quill"', 'author:"Quill A"', 'author:"Xiaoming Li"'],
  ...['org:wax', 'has:code', 'source:hugging-face', 'score>=3', 'upvotes>=4', 'stars>=2', 'age<=12', 'id:2608.00007'],
  ...['zinc', 'brass', 'qu*', 'author:"Ben O\'Reed"'],
];
const filter = fc
  .tuple(
    fc.constantFrom(...filters),
    fc.constantFrom(...filters),
    fc.constantFrom(...filters),
    fc.integer({ min: 0, max: 5 }),
  )
  .map(([one, two, three, shape]) => {
    const shapes = [
      one,
      `${one} ${two}`,
      `${one} OR ${two}`,
      `${one} -${two}`,
      `(${one} OR ${two}) ${three}`,
      `${one} -(${two} ${three})`,
    ];
    return filterOf(shapes[shape] ?? one);
  });

function stored(editions: readonly Edition[]): MonthIndex {
  const made = makeMonth(editions);
  const wordAt = unpackWords(packWords(made.wordAt));
  return { ...unpackMonth(packMonth(made)), wordAt, names: unpackNames(packNames(made.names)) };
}

/** The same, with what is known of where each word is in place of the words in sequence. */
function storedSpots(editions: readonly Edition[], bytesPerPart = 40): MonthIndex {
  const { wordAt, names, firstOfClass, ...made } = makeMonth(editions);
  const cut = cutSpots(wordAt, (firstOfClass.at(-1) ?? 1) - 1, bytesPerPart);
  const parts = new Map(cut.map((part, index) => [index, unpackSpots(packSpots(part))] as const));
  const spots = { firsts: cut.map(({ first }) => first[0] ?? 0), parts };
  return { ...unpackMonth(packMonth({ ...made, firstOfClass })), names, spots };
}

describe('the index of a month', () => {
  const editions = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.array(told, { maxLength: 12 })), {
      selector: ([ago]) => ago,
      minLength: 1,
      maxLength: 9,
    })
    .map((each) => each.map(([ago, papers]) => editionFrom(papers, addDays(today, -ago))));

  it('answers as the joined editions do when each paper is asked, whatever they hold and whatever is asked', () => {
    fc.assert(
      fc.property(editions, fc.array(filter, { minLength: 1, maxLength: 4 }), (given, asked) => {
        const dates = given.map(({ date }) => date).sort((one, other) => (one < other ? 1 : -1));
        const span = daysBefore(today, 31);
        const whole = openArchive([stored(given)], [dates[0]!, ...dates.slice(1)], span);
        const bySpots = openArchive([storedSpots(given)], [dates[0]!, ...dates.slice(1)], span);
        const papers = joinSlowly(given, span);
        expect(whole.size).toBe(papers.length);
        for (const each of asked) {
          const [needs] = whole.needsOf(compileFilter(each));
          const archive = needs?.sequence ? whole : bySpots;
          const places = placesSlowly(papers, each, archive.publishedAt);
          expect(archive.placesOf(compileFilter(each))).toEqual(places);
          const relevanceAt = archive.relevanceAt(compileFilter(each));
          for (const place of places) {
            expect(relevanceAt(place)).toBe(relevanceSlowly(papers[place]!, each, archive.publishedAt));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('joined with that of another month, answers for any days as the editions of those days do', () => {
    const spans = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 31 }));
    const days = daysUpTo(today, 56);
    const published = fc.tuple(fc.subarray(days, { minLength: 20 }), fc.array(told, { minLength: 60, maxLength: 120 }));
    fc.assert(
      fc.property(published, spans, filter, ([dates, tellings], [ago, length], each) => {
        const all = dates.map((date, index) =>
          editionFrom(
            tellings.filter((_, at) => (at + index) % 9 < 2),
            date,
          ),
        );
        const span = daysBefore(addDays(today, -ago - 10), length);
        const within = editionSpan(span);
        const covering = editionsCovering(
          span,
          dates.filter((date) => within.from <= date && date <= within.to),
        );
        if (covering.length === 0) return;
        const held = new Set<CalendarDate>();
        const months = covering.flatMap((date) => {
          if (held.has(date)) return [];
          const month = editionsCovering(
            daysBefore(date),
            dates.filter((other) => other <= date),
          );
          for (const other of month) held.add(other);
          return [stored(all.filter((edition) => month.includes(edition.date)))];
        });
        const archive = openArchive(months, [covering[0]!, ...covering.slice(1)], span);
        const papers = joinSlowly(
          all.filter(({ date }) => covering.includes(date)),
          span,
        );
        const places = placesSlowly(papers, each, archive.publishedAt);
        expect(archive.size).toBe(papers.length);
        expect(archive.placesOf(compileFilter(each))).toEqual(places);
        for (const [place, paper] of papers.entries()) {
          const [home, ...others] = archive.entriesAt(place);
          expect(all.find(({ date }) => date === home?.edition)?.papers[home!.place]?.paper.title).toBe(
            paper.paper.title,
          );
          const best = others.reduce((one, other) => (other.place < one.place ? other : one), home!);
          expect({ edition: best.edition, place: best.place + 1 }).toEqual(paper.best);
          expect(archive.dayAt(place)).toBe(paper.day);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('finds the same after its words were sorted as before', () => {
    const papers = Array.from({ length: 30 }, (_, number) => ({
      ...fc.sample(told, { numRuns: 1, seed: number })[0]!,
      number,
    }));
    const edition = editionFrom(papers, today);
    const open = () => openArchive([stored([edition])], [today], daysBefore(today));
    const archive = open();
    for (const each of [...filters, ...filters].map(filterOf)) {
      expect(archive.placesOf(compileFilter(each))).toEqual(open().placesOf(compileFilter(each)));
    }
  });

  it('counts a name once that is said in the abstract too', () => {
    const ranked = {
      paper: aPaper({ id: paperId(1), title: 'Lamp', abstract: 'A quill lamp.', keywords: [], authors: ['Quill'] }),
      score: aTrendScore(1),
      counts: {},
    };
    const archive = openArchive(
      [stored([anEdition({ date: today, papers: [ranked] })])],
      [today],
      daysBefore(today, 90),
    );
    const relevanceAt = (text: string) => archive.relevanceAt(compileFilter(filterOf(text)))(0);
    expect(archive.size).toBe(1);
    expect(relevanceAt('author:quill')).toBe(1);
    expect(relevanceAt('author:quill qu*')).toBe(1);
    expect(relevanceAt('author:quill lamp')).toBe(5);
  });

  it('needs words in sequence for phrases alone, and nothing for words that no paper has', () => {
    const archive = openArchive([storedSpots([anEdition({ date: today })])], [today], daysBefore(today));
    const needsOf = (text: string) => archive.needsOf(compileFilter(filterOf(text)))[0]!;
    expect(needsOf('tables')).toMatchObject({ names: false, sequence: false });
    expect(needsOf('tables').words.length).toBeGreaterThan(0);
    expect(needsOf('absent "absent tables"')).toEqual({ names: false, sequence: false, words: [] });
    expect(needsOf('author:quill "a a"')).toMatchObject({ names: true });
  });

  it('says so when words are asked for that were not read', () => {
    const { spots, ...month } = storedSpots([anEdition({ date: today })], 5);
    const archive = openArchive([month], [today], daysBefore(today));
    expect(() => archive.placesOf(compileFilter(filterOf('tables')))).toThrow('not read');
    expect(() => archive.placesOf(compileFilter(filterOf('"large tables"')))).not.toThrow();
    expect(spots?.parts.size).toBeGreaterThan(1);
  });

  it('says so when authors are asked for whose names were not read', () => {
    const { names, ...month } = stored([anEdition({ date: today })]);
    const archive = openArchive([month], [today], daysBefore(today));
    expect(archive.placesOf(compileFilter(filterOf('tables')))).toEqual([0]);
    expect(() => archive.placesOf(compileFilter(filterOf('author:quill')))).toThrow('names');
  });
});
