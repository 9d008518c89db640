import { addDays, type CalendarDate, daysUpTo, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { daysBefore, lengthOf } from '../../../shared/domain/edition/archive.js';
import type { Edition, RankedPaper } from '../../../shared/domain/edition/edition.js';
import { byRank, editionDays } from '../../../shared/domain/edition/rank-edition.js';
import { anEdition, aPaper, aTrendScore, paperId } from '../../support/builders.js';
import { seeded } from '../measure.js';

/** The words that hold English together, the most frequent first: near half of what an abstract says. */
const small =
  'the of and to a in we for that with is on this by as are our from which be can an it based using these show ' +
  'while at such results or not have between their more each both than also propose two into its or has model data ' +
  'learning method approach however through existing across over without across under novel new paper present where';
const syllables =
  'ab ac al an ar bi ca cen chro co con cy de di dy e el en er for gen gra hy i in ker la lam lin lo ma me mi mo ' +
  'multi na ne neu non o op par per pha po pre pro qua ra re ro sa se si sol spec sta sub syn ta te ten ther ti to tra tri u vec vi';
const parts = syllables.split(' ');
const endings = ['', '', 's', 'ing', 'ed', 'ation', 'ity', 'al', 'ive', 'ment', 'er', 'y', 'ic'];
const scientificWords = 34_000;
const sayings = 6_000;
const shareOfSayings = 0.1;
const firstNames = 2_500;
const lastNames = 9_000;

type Draw = () => number;
const drawn = <Each>(list: readonly Each[], random: Draw): Each => list[Math.floor(random() * list.length)] as Each;

function invented(random: Draw, least: number, most: number): string {
  const count = least + Math.floor(random() * (most - least + 1));
  return Array.from({ length: count }, () => drawn(parts, random)).join('');
}

/** Words as frequent as by Zipf's law, bent at its top as Mandelbrot found it: a share of 1 / (rank + 2.7). */
function zipf(words: readonly string[], random: Draw): () => string {
  const shares = new Float64Array(words.length);
  let sum = 0;
  for (let rank = 0; rank < words.length; rank += 1) {
    sum += 1 / (rank + 2.7) ** 1.06;
    shares[rank] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, words.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((shares[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low] ?? '';
  };
}

/** Writes the texts and names of papers, the same for the same seed. */
function writer(random: Draw) {
  const vocabulary = [
    ...new Set([
      ...small.split(' '),
      ...Array.from({ length: scientificWords }, () => invented(random, 2, 4) + drawn(endings, random)),
    ]),
  ];
  const word = zipf(vocabulary, random);
  // What is said again and again in the same words, a quarter of all: that and no more is how real abstracts compress.
  const saying = zipf(
    Array.from({ length: sayings }, () => Array.from({ length: 2 + Math.floor(random() * 3) }, word).join(' ')),
    random,
  );
  const words = (length: number) =>
    Array.from({ length }, () => (random() < shareOfSayings ? saying() : word()))
      .join(' ')
      .split(' ')
      .slice(0, length);
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const given = Array.from({ length: firstNames }, () => capital(invented(random, 2, 3)));
  const family = Array.from({ length: lastNames }, () => capital(invented(random, 2, 4)));
  const authors = Array.from({ length: 30_000 }, () => `${drawn(given, random)} ${drawn(family, random)}`);
  const sentence = (length: number) => capital(words(length).join(' '));
  return {
    vocabulary,
    authors,
    organisations: Array.from({ length: 900 }, () => `${drawn(family, random)} ${word()} Institute`),
    title: () => sentence(7 + Math.floor(random() * 7)),
    abstract: () => {
      let text = '';
      while (text.length < 1140) text += `${text === '' ? '' : ' '}${sentence(14 + Math.floor(random() * 14))}.`;
      return text;
    },
    names: () => Array.from({ length: 2 + Math.floor(random() * 8) }, () => drawn(authors, random)),
    keywords: () => Array.from({ length: 5 }, () => `${word()} ${word()}`),
  };
}

const fields = ['cs.CL', 'cs.LG', 'cs.AI', 'cs.CV', 'cs.RO', 'cs.IR', 'stat.ML', 'math.OC', 'eess.AS', 'q-bio.NC'];

function aRankedPaper(
  number: number,
  listed: CalendarDate,
  write: ReturnType<typeof writer>,
  random: Draw,
): RankedPaper {
  const gained = Math.ceil(40 * random() ** 3);
  const paper = aPaper({
    id: paperId(number),
    title: write.title(),
    abstract: write.abstract(),
    authors: write.names(),
    keywords: write.keywords(),
    categories: [drawn(fields, random), drawn(fields, random)],
    organisation: drawn(write.organisations, random),
    ...(random() < 0.4 && { codeUrl: `https://github.com/made-up/paper-${number}` }),
    ...(random() < 0.5 && { aiSummary: write.abstract().slice(0, 190) }),
    publishedAt: startOf(listed) - Math.floor(random() * 24) * hourMs,
    firstSeenAt: startOf(listed) + hourMs,
    listedDays: [listed],
  });
  return {
    paper,
    score: aTrendScore(Number((gained * (0.2 + random() / 10)).toFixed(4)), { gained }),
    counts: {
      upvotes: gained + Math.floor(random() * 20),
      comments: gained >> 3,
      stars: Math.floor(300 * random() ** 6),
    },
    curve: Array.from({ length: 12 }, (_, at) => Math.round((gained * at) / 11)),
    weekGain: gained,
    highlights: { of: paper.abstract.split('. ').length, task: 0, problem: 1, idea: 3, result: 5 },
  };
}

/** A made-up archive: editions, and words and names to ask it for, frequent and rare. */
export interface MadeUpArchive {
  readonly editions: readonly Edition[];
  readonly words: readonly string[];
  readonly names: readonly string[];
}

/** The editions that cover the 30 days up to `last`, which have so many papers, and the one day before them some more. */
export function madeUpArchive(last: CalendarDate, papers: number): MadeUpArchive {
  const random = seeded(16);
  const write = writer(random);
  const span = daysBefore(last);
  const days = daysUpTo(last, lengthOf(span) + 1);
  const ofDay = new Map<CalendarDate, readonly RankedPaper[]>();
  let number = 0;
  for (const [index, each] of days.entries()) {
    const end = index === 0 ? Math.floor(papers / 30) : Math.floor((papers * index) / 30) + Math.floor(papers / 30);
    const made: RankedPaper[] = [];
    for (; number < end; number += 1) made.push(aRankedPaper(number, each, write, random));
    ofDay.set(each, made);
  }
  const dates = [0, 6, 12, 18, 24].map((ago) => addDays(last, -ago));
  const editions = dates.map((date) => {
    const listed = daysUpTo(date, editionDays).flatMap((each) => ofDay.get(each) ?? []);
    return anEdition({ date, publishedAt: startOf(date) + 5 * hourMs, papers: [...listed].sort(byRank) });
  });
  return { editions, words: write.vocabulary, names: write.authors };
}
