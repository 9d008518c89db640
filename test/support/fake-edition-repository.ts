import { addDays, type CalendarDate, type Instant } from '../../shared/domain/calendar-date.js';
import { isWithin } from '../../shared/domain/edition/archive.js';
import type { TopicCounts } from '../../shared/domain/edition/backtest.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { WordFrequencies } from '../../shared/storage/editions/frequencies-row.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';

/** Editions in memory, frozen as text. */
export function fakeEditionRepository(...published: readonly Edition[]): EditionRepository {
  const texts = new Map<CalendarDate, string>(published.map((edition) => [edition.date, JSON.stringify(edition)]));
  const counted = new Map<CalendarDate, TopicCounts>();
  const frequencies = new Map<CalendarDate, WordFrequencies & { readonly publishedAt: Instant }>();
  const open = new Set<CalendarDate>(texts.keys());
  let withdrawn: readonly PaperId[] = [];
  const read = (date: CalendarDate | undefined) =>
    date === undefined ? undefined : (JSON.parse(texts.get(date)!) as Edition);

  return {
    async publish(edition) {
      if (texts.has(edition.date)) return 'already-published';
      texts.set(edition.date, JSON.stringify(edition));
      open.add(edition.date);
      return 'published';
    },
    async isOpen(date) {
      return open.has(date);
    },
    async seal(date) {
      open.delete(date);
      return texts.has(date) ? 'sealed' : 'not-published';
    },
    async remake(edition) {
      if (!open.has(edition.date)) return texts.has(edition.date) ? 'sealed' : 'not-published';
      texts.set(edition.date, JSON.stringify(edition));
      return 'remade';
    },
    async isPublished(date) {
      return texts.has(date);
    },
    async before(date) {
      const earlier = [...texts.keys()].filter((each) =>
        isWithin(each, { from: addDays(date, -7), to: addDays(date, -1) }),
      );
      const newest = read(earlier.sort().at(-1));
      return newest && { date: newest.date, publishedAt: newest.publishedAt };
    },
    async find(date) {
      return texts.has(date) ? read(date) : undefined;
    },
    async papersOf(date) {
      return texts.has(date) ? read(date)?.papers.map(({ paper }) => paper.id) : undefined;
    },
    async newestDate(today) {
      return [...texts.keys()]
        .filter((date) => isWithin(date, { from: addDays(today, -7), to: today }))
        .sort()
        .at(-1);
    },
    async publishedWithin(span) {
      return [...texts.keys()].filter((date) => isWithin(date, span)).sort();
    },
    async summariesOf(dates) {
      const found = dates.flatMap((date) => (texts.has(date) ? [read(date)!] : []));
      return new Map(found.map(({ date, publishedAt, papers }) => [date, { publishedAt, papers: papers.length }]));
    },
    async withdrawn() {
      return [...withdrawn].sort();
    },
    async noteWithdrawn(ids) {
      withdrawn = ids;
    },
    async noteTopicCounts(date, counts) {
      counted.set(date, counts);
    },
    async topicCounts(date) {
      return counted.get(date);
    },
    async noteFrequencies(edition, { papers, counts }) {
      const { date, publishedAt } = edition;
      frequencies.set(date, { publishedAt, papers, counts: new Map(counts) });
    },
    async frequencies({ date, publishedAt }) {
      const noted = frequencies.get(date);
      if (noted?.publishedAt !== publishedAt) return undefined;
      return { papers: noted.papers, of: (word) => noted.counts.get(word) ?? 0 };
    },
  };
}
