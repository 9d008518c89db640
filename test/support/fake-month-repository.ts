import {
  packMonth,
  packNames,
  packSpots,
  packWords,
  unpackMonth,
  unpackNames,
  unpackSpots,
  unpackWords,
} from '../../shared/domain/archive/month-bytes.js';
import { cutSpots } from '../../shared/domain/archive/month-spots.js';
import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { MonthHead, MonthRepository } from '../../shared/storage/months-repository.js';

/** Months in memory, as bytes and text. */
export function fakeMonthRepository(): MonthRepository {
  const heads = new Map<CalendarDate, MonthHead>();
  const months = new Map<string, Uint8Array>();
  const texts = new Map<string, string>();
  return {
    headOf: async (date) => heads.get(date),
    read: async ({ hash }) => unpackMonth(months.get(hash)!),
    readNames: async ({ names }) => unpackNames(months.get(names.hash)!),
    readWords: async ({ words }) => unpackWords(months.get(words.hash)!),
    readSpots: async ({ spots }, parts) => parts.map((part) => unpackSpots(months.get(`${spots.hash} ${part}`)!)),
    papersAt: async (places) =>
      places.map(({ texts: name, place }) => (JSON.parse(texts.get(name)!) as Edition).papers[place]!),
    async write(month, sources, editions) {
      const { date } = month.sources[0]!;
      const named = sources.map((source) => ({ date: source.date, texts: `texts of ${source.date}` }));
      for (const source of sources) texts.set(`texts of ${source.date}`, JSON.stringify(source));
      months.set(`month of ${date}`, packMonth(month));
      months.set(`names of ${date}`, packNames(month.names));
      const names = { hash: `names of ${date}`, parts: 1 };
      months.set(`words of ${date}`, packWords(month.wordAt));
      const words = { hash: `words of ${date}`, parts: 1 };
      const parts = cutSpots(month.wordAt, (month.firstOfClass.at(-1) ?? 1) - 1);
      for (const [index, part] of parts.entries()) months.set(`spots of ${date} ${index}`, packSpots(part));
      const spots = { hash: `spots of ${date}`, firsts: parts.map(({ first }) => first[0]!) };
      const apart = { names, words, spots };
      heads.set(date, { date, hash: `month of ${date}`, parts: 1, ...apart, sources: named, editions });
    },
  };
}
