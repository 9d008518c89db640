import { type CalendarDate, daysUpTo } from '../domain/calendar-date.js';
import type { PaperRecord } from '../domain/paper/paper.js';
import { whatWentWrong } from './fetch-once.js';
import { idOf, readListItem } from './hugging-face-record.js';
import { type PaperSource, type RejectedRecord, type SourceAnswer, SourceDown } from './paper-source.js';
import type { FetchText, Question } from './polite-fetch.js';

interface HuggingFaceOptions {
  /** Without a trailing slash: `https://huggingface.co`. */
  readonly baseUrl: string;
  readonly fetchText: FetchText;
}

/** Lists keep growing for days after their own date. */
const daysAsked = 7;
const pageSize = 100;
const mostPages = 10;
/** For all requests of one run, waits included. */
const runMs = 100_000;

/** Hugging Face lists papers by days. */
interface HuggingFace extends PaperSource {
  /** What the list of a day holds by now; throws `SourceDown` when it is not answered whole. */
  listedOn(date: CalendarDate): Promise<SourceAnswer>;
}

/** The daily papers of Hugging Face: `GET /api/daily_papers` for each of the seven days up to today, or for one day. */
export function huggingFace({ baseUrl, fetchText }: HuggingFaceOptions): HuggingFace {
  const asking = (date: CalendarDate, question: Question) => (page: number) => {
    const query = new URLSearchParams({ date, limit: String(pageSize), p: String(page) });
    return fetchText(`${baseUrl}/api/daily_papers?${query}`, { objection, ...question });
  };
  return {
    name: 'hugging-face',
    async latest(today) {
      const budget = { leftMs: runMs };
      const days: DayAnswer[] = [];
      // Newest first: when time runs out, the oldest lists wait for the next run.
      for (const date of daysUpTo(today, daysAsked).reverse()) {
        // After two days without an answer the source may be down: each remaining day is tried only once.
        const isSilent = days.length >= 2 && days.every((day) => day.pages === 0);
        days.unshift(await readDay(date, asking(date, { budget, ...(isSilent ? { tries: 1 } : {}) })));
      }
      if (days.every((day) => day.pages === 0)) {
        throw new SourceDown(`Hugging Face did not answer: ${days.at(-2)?.failure}`);
      }
      return joinDays(days);
    },
    async listedOn(date) {
      const day = await readDay(date, asking(date, { budget: { leftMs: runMs } }));
      if (day.failure !== undefined) throw new SourceDown(`Hugging Face did not answer: ${day.failure}`);
      return joinDays([day]);
    },
  };
}

interface DayAnswer {
  readonly date: CalendarDate;
  readonly records: readonly PaperRecord[];
  readonly rejected: readonly RejectedRecord[];
  /** How many pages were answered. */
  readonly pages: number;
  /** Why the page after them was not. */
  readonly failure?: string;
}

async function readDay(date: CalendarDate, ask: (page: number) => Promise<string>): Promise<DayAnswer> {
  const records = new Map<string, PaperRecord>();
  const rejected: RejectedRecord[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    let items: readonly unknown[];
    try {
      items = parseList(await ask(page)) ?? [];
    } catch (error) {
      return { date, records: [...records.values()], rejected, pages: page, failure: whatWentWrong(error) };
    }
    const knownBefore = records.size;
    for (const [index, item] of items.entries()) {
      const read = readListItem(item, date);
      const where = `hugging-face ${date} record ${page * pageSize + index + 1} (${idOf(item)})`;
      if ('reason' in read) rejected.push({ where, reason: read.reason });
      // The order follows the votes: a paper that drops while we page through the list appears twice.
      else if (!records.has(read.id)) records.set(read.id, read);
    }
    if (items.length < pageSize || records.size === knownBefore) {
      return { date, records: [...records.values()], rejected, pages: page + 1 };
    }
  }
  return { date, records: [...records.values()], rejected, pages: mostPages };
}

function joinDays(days: readonly DayAnswer[]): SourceAnswer {
  const whole = days.filter((day) => day.failure === undefined);
  const broken = days.filter((day) => day.failure !== undefined);
  return {
    records: days.flatMap((day) => day.records),
    days: whole.map(({ date, records, rejected }) => ({ date, listed: records.length + rejected.length })),
    rejected: days.flatMap((day) => day.rejected),
    unanswered: broken.map(({ date, pages, failure }) => `daily list of ${date}, page ${pages}: ${failure}`),
  };
}

const objection = (text: string) => (parseList(text) ? undefined : 'the answer is no JSON list');

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
