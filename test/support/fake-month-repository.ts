import { packMonth, packNames, unpackMonth, unpackNames } from '../../shared/domain/archive/month-bytes.js';
import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { scoreboardOf } from '../../shared/domain/edition/scoreboard.js';
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
    papersAt: async (places) =>
      places.map(({ texts: name, place }) => (JSON.parse(texts.get(name)!) as Edition).papers[place]!),
    scoreboards: async (dates) =>
      dates.flatMap((date) => {
        const name = `texts of ${date}`;
        const text = texts.get(name);
        return text === undefined ? [] : [{ ...scoreboardOf(JSON.parse(text) as Edition), texts: name }];
      }),
    async write(month, sources, editions) {
      const { date } = month.sources[0]!;
      const named = sources.map((source) => ({ date: source.date, texts: `texts of ${source.date}` }));
      for (const source of sources) texts.set(`texts of ${source.date}`, JSON.stringify(source));
      months.set(`month of ${date}`, packMonth(month));
      months.set(`names of ${date}`, packNames(month.names));
      const names = { hash: `names of ${date}`, parts: 1 };
      heads.set(date, { date, hash: `month of ${date}`, parts: 1, names, sources: named, editions });
    },
  };
}
