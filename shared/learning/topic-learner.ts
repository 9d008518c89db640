import { type CalendarDate, dateOf, type Instant } from '../domain/calendar-date.js';
import type { Edition } from '../domain/edition/edition.js';
import { frequenciesIn } from '../domain/likeness/find/edition-likeness.js';
import { type Background, backgroundOf } from '../domain/likeness/learn/background.js';
import { learnProfile } from '../domain/likeness/learn/learn-profile.js';
import type { LearnedTopic } from '../domain/likeness/learned-topic.js';
import { packProfile } from '../domain/likeness/packed-profile.js';
import { wordCounts } from '../domain/likeness/word-counts.js';
import type { EditionRepository } from '../storage/editions-repository.js';

interface TopicLearnerDeps {
  readonly editions: Pick<EditionRepository, 'newestDate' | 'find' | 'frequencies'>;
  readonly now: () => Instant;
}

/** What topics are told apart from, and the edition whose papers these are; without one, there are none. */
export interface NewestBackground extends Background {
  readonly edition: Edition | undefined;
}

/** Gives the background that the newest edition makes, once for each. */
export function rememberedBackground({ editions, now }: TopicLearnerDeps): () => Promise<NewestBackground> {
  let last: { readonly date: CalendarDate | undefined; readonly background: Promise<NewestBackground> } | undefined;
  return async () => {
    const date = await editions.newestDate(dateOf(now()));
    if (last && last.date === date) return last.background;
    const background = readBackground(date, editions);
    last = { date, background };
    background.catch(() => {
      if (last?.background === background) last = undefined;
    });
    return background;
  };
}

async function readBackground(
  date: CalendarDate | undefined,
  editions: TopicLearnerDeps['editions'],
): Promise<NewestBackground> {
  const edition = date && (await editions.find(date));
  const papers = (edition?.papers ?? []).map(({ paper: { id, title, abstract } }) => ({
    id,
    words: wordCounts(title, abstract),
  }));
  const known = edition && (await editions.frequencies(edition));
  return { ...backgroundOf(papers, known ?? frequenciesIn(papers.map(({ words }) => words))), edition };
}

/** Learns topics against a background, packed as sending reads them. */
export function topicLearner(background: () => Promise<Background>): (topic: LearnedTopic) => Promise<Uint8Array> {
  return async (topic) => packProfile(learnProfile(topic, await background()));
}
