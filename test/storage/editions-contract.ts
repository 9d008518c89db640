import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { anEdition, aRankedPaper, aTrendScore, day, instant, paperId } from '../support/builders.js';

/** Text that hardly compresses. */
function noise(seed: number, length: number): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1) {
    text += createHash('sha512').update(`${seed} ${block}`).digest('base64');
  }
  return text.slice(0, length);
}

/** An edition whose compressed form is about three quarters of so many megabytes. */
export function largeEdition(megabytes: number): Edition {
  const papers = Array.from({ length: megabytes * 10 }, (_, index) =>
    aRankedPaper({ id: paperId(index + 1), abstract: noise(index, 100_000) }, aTrendScore(1000 - index)),
  );
  return anEdition({ papers });
}

/** What every store of editions does. */
export function editionsContract(make: () => Promise<EditionRepository>): void {
  let editions: EditionRepository;
  beforeEach(async () => {
    editions = await make();
  });

  it('knows the newest edition of the seven days before a day, and when it was published', async () => {
    const on = (date: string) => anEdition({ date: day(date), publishedAt: instant(`${date}T05:04`) });
    for (const date of ['2026-08-03', '2026-08-05', '2026-08-07']) await editions.publish(on(date));
    expect(await editions.before(day('2026-08-07'))).toEqual({
      date: day('2026-08-05'),
      publishedAt: instant('2026-08-05T05:04'),
    });
    expect(await editions.before(day('2026-08-14'))).toMatchObject({ date: '2026-08-07' });
    expect(await editions.before(day('2026-08-15'))).toBeUndefined();
    expect(await editions.before(day('2026-08-03'))).toBeUndefined();
  });

  it('keeps how frequent the words of an edition are, until another takes its place', async () => {
    const edition = anEdition();
    expect(await editions.frequencies(edition)).toBeUndefined();
    const counts = new Map([
      ...Array.from({ length: 3000 }, (_, at) => [`word${at}`, at % 7] as const),
      ['naïv', 1900],
    ] as const);
    await editions.noteFrequencies(edition, { papers: 2000, counts });
    const noted = await editions.frequencies(edition);
    expect(noted?.papers).toBe(2000);
    expect(['word6', 'word2999', 'naïv', 'never'].map((word) => noted?.of(word))).toEqual([6, 3, 1900, 0]);
    expect(await editions.frequencies({ ...edition, publishedAt: edition.publishedAt + 1 })).toBeUndefined();
    await editions.noteFrequencies(edition, { papers: 0, counts: new Map() });
    expect((await editions.frequencies(edition))?.of('word6')).toBe(0);
  });

  it('finds an edition as it was published', async () => {
    const edition = anEdition({
      days: [
        { date: day('2026-08-06'), listed: 0 },
        { date: day('2026-08-07'), listed: 2 },
      ],
      previous: { date: day('2026-08-06'), publishedAt: instant('2026-08-06T05:02') },
      sources: [
        { source: 'arxiv', status: 'quiet', newestDay: day('2026-08-06') },
        { source: 'hugging-face', status: 'down' },
      ],
      papers: [
        aRankedPaper({ id: paperId(1), aiSummary: 'Reads $\\alpha$ tables; naïve — 表.', version: 1 }),
        aRankedPaper({ id: paperId(2) }, { value: 0, parts: [] }),
        { ...aRankedPaper({ id: paperId(3) }), highlights: { of: 3, task: 0, idea: 1, result: 2 } },
        { ...aRankedPaper({ id: paperId(4) }), highlights: { of: 4, problem: 0, others: [3, 1] } },
      ],
    });
    expect(await editions.publish(edition)).toBe('published');
    expect(await editions.isPublished(edition.date)).toBe(true);
    expect(await editions.find(edition.date)).toEqual(edition);
  });

  it('gives the ids of its papers in rank order, too', async () => {
    const ids = [3, 1, 2].map(paperId);
    await editions.publish(anEdition({ papers: ids.map((id) => aRankedPaper({ id })) }));
    expect(await editions.papersOf(day('2026-08-07'))).toEqual(ids);
    expect(await editions.papersOf(day('2026-08-08'))).toBeUndefined();
    await editions.publish(anEdition({ date: day('2026-08-09'), papers: [] }));
    expect(await editions.papersOf(day('2026-08-09'))).toEqual([]);
  });

  it('publishes an edition without papers', async () => {
    const empty = anEdition({ papers: [], days: [{ date: day('2026-08-07'), listed: 0 }] });
    await editions.publish(empty);
    expect(await editions.find(empty.date)).toEqual(empty);
    expect(await editions.newestDate(empty.date)).toBe(empty.date);
  });

  it('knows nothing of a date without an edition', async () => {
    expect(await editions.isPublished(day('2026-08-07'))).toBe(false);
    expect(await editions.find(day('2026-08-07'))).toBeUndefined();
    expect(await editions.newestDate(day('2026-08-07'))).toBeUndefined();
  });

  it('keeps the first edition of a date, whatever is published later', async () => {
    const first = anEdition();
    await editions.publish(first);
    expect(await editions.publish(first)).toBe('already-published');
    expect(await editions.publish(anEdition({ papers: [], formula: 2 }))).toBe('already-published');
    expect(await editions.find(first.date)).toEqual(first);
  });

  it('puts another in the place of an open edition, which stays open', async () => {
    const [first, second, third] = [1, 2, 3].map((formula) =>
      anEdition({ formula, papers: [aRankedPaper({ id: paperId(formula) })] }),
    );
    expect(await editions.remake(first!)).toBe('not-published');
    expect(await editions.isOpen(first!.date)).toBe(false);
    await editions.publish(first!);
    expect(await editions.isOpen(first!.date)).toBe(true);
    expect(await editions.remake(second!)).toBe('remade');
    expect(await editions.find(first!.date)).toEqual(second);
    expect(await editions.papersOf(first!.date)).toEqual([paperId(2)]);
    expect(await editions.remake(third!)).toBe('remade');
  });

  it('keeps an edition that is sealed as it is, for good', async () => {
    const at = instant('2026-08-07T05:15');
    const first = anEdition();
    expect(await editions.seal(first.date, at)).toBe('not-published');
    await editions.publish(first);
    for (const later of [0, 1]) expect(await editions.seal(first.date, at + later)).toBe('sealed');
    expect(await editions.isOpen(first.date)).toBe(false);
    expect(await editions.isPublished(first.date)).toBe(true);
    expect(await editions.remake(anEdition({ papers: [] }))).toBe('sealed');
    expect(await editions.find(first.date)).toEqual(first);
  });

  it('lets one of many publishers win, and shows its edition whole', async () => {
    const candidates = Array.from({ length: 20 }, (_, index) => anEdition({ formula: index + 1 }));
    const results = await Promise.all(candidates.map((edition) => editions.publish(edition)));
    expect(results.filter((result) => result === 'published')).toHaveLength(1);
    expect(await editions.find(day('2026-08-07'))).toEqual(candidates[results.indexOf('published')]);
  });

  it('gives the date of the newest edition of today or the seven days before, and none on the eighth day after it', async () => {
    for (const date of ['2026-07-30', '2026-08-02', '2026-08-09'])
      await editions.publish(anEdition({ date: day(date) }));
    const newestOn = (today: string) => editions.newestDate(day(today));
    expect(await newestOn('2026-08-09')).toBe('2026-08-09');
    expect(await newestOn('2026-08-08')).toBe('2026-08-02');
    expect(await newestOn('2026-08-16')).toBe('2026-08-09');
    expect(await newestOn('2026-08-17')).toBeUndefined();
  });

  it('keeps an edition of several megabytes', async () => {
    const edition = largeEdition(4);
    await editions.publish(edition);
    expect(await editions.find(edition.date)).toEqual(edition);
  });

  it('knows which dates of a span have their edition', async () => {
    for (const date of ['2026-08-02', '2026-06-30', '2026-07-01', '2026-07-31'])
      await editions.publish(anEdition({ date: day(date) }));
    const within = (from: string, to: string) => editions.publishedWithin({ from: day(from), to: day(to) });
    expect(await within('2026-07-01', '2026-08-01')).toEqual(['2026-07-01', '2026-07-31']);
    expect(await within('2026-01-01', '2026-12-31')).toHaveLength(4);
    expect(await within('2026-08-02', '2026-08-01')).toEqual([]);
  });

  it('says when editions were published and how many papers they rank, and nothing of dates without one', async () => {
    await editions.publish(anEdition());
    await editions.publish(
      anEdition({ date: day('2026-08-05'), publishedAt: instant('2026-08-05T05:09'), papers: [] }),
    );
    const dates = ['2026-08-05', '2026-08-06', '2026-08-07'].map(day);
    expect(await editions.summariesOf(dates)).toEqual(
      new Map([
        ['2026-08-05', { publishedAt: instant('2026-08-05T05:09'), papers: 0 }],
        ['2026-08-07', { publishedAt: instant('2026-08-07T05:02'), papers: 1 }],
      ]),
    );
    expect(await editions.summariesOf([])).toEqual(new Map());
  });

  it('gives the counts of topics of a date, apart from its edition and from other dates', async () => {
    await editions.publish(anEdition({ date: day('2026-08-09') }));
    await editions.noteTopicCounts(day('2026-08-01'), { robots: 4 });
    await editions.noteTopicCounts(day('2026-08-07'), { robots: 5, tables: 0 });
    expect(await editions.topicCounts(day('2026-08-07'))).toEqual({ robots: 5, tables: 0 });
    expect(await editions.topicCounts(day('2026-08-01'))).toEqual({ robots: 4 });
    for (const date of ['2026-08-06', '2026-08-09', '2026-08-15'])
      expect(await editions.topicCounts(day(date))).toBeUndefined();
    expect(await editions.newestDate(day('2026-08-09'))).toBe('2026-08-09');
  });

  it('keeps which papers are withdrawn, until it is noted anew', async () => {
    expect(await editions.withdrawn()).toEqual([]);
    await editions.noteWithdrawn([paperId(1), paperId(2)]);
    expect(await editions.withdrawn()).toEqual([paperId(1), paperId(2)]);
    await editions.noteWithdrawn([]);
    expect(await editions.withdrawn()).toEqual([]);
  });
}
