import { type CalendarDate, dateOf, type Instant } from '../domain/calendar-date.js';
import type { Edition } from '../domain/edition/edition.js';
import { frequenciesIn } from '../domain/likeness/find/edition-likeness.js';
import { type Background, backgroundOf } from '../domain/likeness/learn/background.js';
import { learnProfile } from '../domain/likeness/learn/learn-profile.js';
import type { LearnedTopic } from '../domain/likeness/learned-topic.js';
import type { Frequencies } from '../domain/likeness/likeness-profile.js';
import { packProfile } from '../domain/likeness/packed-profile.js';
import { wordCounts } from '../domain/likeness/word-counts.js';

interface EditionsRead {
  newestDate(today: CalendarDate): Promise<CalendarDate | undefined>;
  find(date: CalendarDate): Promise<Edition | undefined>;
  frequencies(edition: Edition): Promise<Frequencies | undefined>;
}

/** What learned topics are told apart from, with the edition whose papers it is made of. */
export interface EditionBackground extends Background {
  readonly edition: Edition;
}

/** Gives the background that the newest edition makes, made once for each edition; `undefined` before the first. */
export type NewestBackground = () => Promise<EditionBackground | undefined>;

/** Reads the newest edition when a background is asked for, and keeps the last one. */
export function newestBackground(editions: EditionsRead, now: () => Instant): NewestBackground {
  let last: { readonly date: CalendarDate; readonly made: Promise<EditionBackground | undefined> } | undefined;
  return async () => {
    const date = await editions.newestDate(dateOf(now()));
    if (date === undefined) return undefined;
    if (last?.date !== date) last = { date, made: madeOf(date, editions) };
    const { made } = last;
    return made.catch((error: unknown) => {
      if (last?.made === made) last = undefined;
      throw error;
    });
  };
}

async function madeOf(date: CalendarDate, editions: EditionsRead): Promise<EditionBackground | undefined> {
  const edition = await editions.find(date);
  if (!edition) return undefined;
  const counts = edition.papers.map(({ paper }) => wordCounts(paper.title, paper.abstract));
  const frequencies = (await editions.frequencies(edition)) ?? frequenciesIn(counts);
  return { ...backgroundOf(counts, frequencies), edition };
}

/** Learns packed profiles against the newest edition; before the first, nothing is learned that would find a paper. */
export function learnAgainst(background: NewestBackground): (topic: LearnedTopic) => Promise<Uint8Array> {
  return async (topic) => {
    const against = (await background()) ?? backgroundOf([], { papers: 0, of: () => 0 });
    return packProfile(learnProfile(topic, against));
  };
}
